"""Each recipe of docs/how-to/ is followed as it stands on its page."""

import json
import shutil

import pytest
from django.core.management import call_command

from cases.dossiers.seed import seed
from tests.docs.recipes import copy_of_the_tree, follow, steps


def test_the_recipe_for_a_filter_of_the_api_works(tmp_path):
    tree = copy_of_the_tree(tmp_path)
    follow("how-to/api-filter.md", tree)
    described = json.loads((tree / "docs/openapi.json").read_text(encoding="utf-8"))
    names = [parameter["name"] for parameter in described["paths"]["/api/v1/claims/"]["get"]["parameters"]]
    assert "relayed_by" in names


def test_the_recipe_for_a_dossier_works(tmp_path):
    follow("how-to/dossier.md", copy_of_the_tree(tmp_path))


@pytest.mark.django_db
def test_the_dossiers_of_the_recipe_are_published_on_this_database(tmp_path, client):
    for step in steps("how-to/dossier.md"):
        if step.path:
            path = tmp_path / step.path
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(step.code, encoding="utf-8")
    call_command("assign_ids", tmp_path / "try", verbosity=0)
    seeded = seed(tmp_path / "try", documents=tmp_path / "try" / "documents")
    assert len(seeded.published) == 4
    page = client.get("/en/cases/pompa-air-kota-contoh/").content.decode()
    assert "Residents say that the pumps were never installed." in page
    assert "Menurut warga, pompa itu belum pernah dipasang." in page


def test_the_recipe_for_a_section_of_a_page_works(tmp_path):
    """Where gettext is not installed, the section stays English."""
    without = () if shutil.which("msgfmt") else ("make messages", "locale/", "test_catalogues")
    follow("how-to/page-section.md", copy_of_the_tree(tmp_path), without=without)
