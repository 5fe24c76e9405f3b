"""Each recipe of docs/how-to/ is followed as it stands on its page."""

import json

from tests.docs.recipes import copy_of_the_tree, follow


def test_the_recipe_for_a_filter_of_the_api_works(tmp_path):
    tree = copy_of_the_tree(tmp_path)
    follow("how-to/api-filter.md", tree)
    described = json.loads((tree / "docs/openapi.json").read_text(encoding="utf-8"))
    names = [parameter["name"] for parameter in described["paths"]["/api/v1/claims/"]["get"]["parameters"]]
    assert "relayed_by" in names
