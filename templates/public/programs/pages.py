import json
from urllib.request import urlopen

SITE = "{{ site }}"


def read(path):
    with urlopen(SITE + path) as answer:
        return json.load(answer)


path = "/api/v1/claims/?subject={{ subject }}&limit=50"
while path:
    page = read(path)
    for claim in page["results"]:
        print(claim["standing"], "|", claim["statement"]["id"])
    path = page["next"]
