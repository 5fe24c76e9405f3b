import json
from urllib.request import urlopen

SITE = "{{ site }}"

with urlopen(SITE + "/api/v1/{{ subject }}/") as answer:
    document = json.load(answer)

excerpts = {excerpt["id"]: excerpt for excerpt in document["excerpts"]}
for claim in document["claims"]:
    print(claim["standing"], "|", claim["statement"]["id"])
    for citation in claim["citations"]:
        excerpt = excerpts[citation["excerpt"]]
        print("    ", excerpt["source"], "|", excerpt["exact"])
