"""A secret that stands in a notebook is noticed, whatever its form, and never repeated."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from autograder.checks.showing import typed_secrets
from autograder.notebooks.build_notebooks import make
from autograder.notebooks.source import read_all
from tests.checks.showing.test_card import WRONG

JWT = "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.c2lnbmF0dXJlLXNpZ25hdHVyZQ"


@pytest.mark.parametrize(
    ("cell", "kind"),
    [
        ('client_secret = "q8Zt0LmXw2Rk7VbYp3Ns9Hd5Jc1Gf6Ta"', "client"),
        ("oauth.fetch_token(url, client_secret='q8Zt0LmXw2Rk7VbYp3Ns9Hd5Jc1Gf6Ta')", "client"),
        ('form = {"client_secret": "q8Zt0LmXw2Rk7VbYp3Ns9Hd5Jc1Gf6Ta"}', "client"),
        ('os.environ["CDSE_CLIENT_SECRET"] = "q8Zt0LmXw2Rk7VbYp3Ns9Hd5"', "client"),
        (f'header = {{"Authorization": "Bearer {JWT}"}}', "token"),
        ('key = "ASIAQWERTYUIOPASDFGH"', "storage"),
        ("print('the value of the variable')", "storage"),
        ('os.environ["HTTPS_PROXY"] = "http://anna:pa55word@proxy.company:8080"', "password"),
        ("hvs.CAESIJlU02LQZq6Y4yqhTzR1example", "token"),
        ('key = """-----BEGIN RSA PRIVATE KEY-----\nMIIE\n"""', "key"),
    ],
)
def test_a_secret_is_noticed_by_its_kind_and_not_repeated(
    cell: str, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "the value of the variable")
    found = typed_secrets.kinds_in(f"x = 1\n{cell}\n")
    assert list(found.values()) == [kind]
    [secret] = found
    [told] = typed_secrets.told(found)
    assert secret not in told
    verdict = replace(WRONG, message=f"a {secret}", found=cell)
    assert secret not in str(typed_secrets.hide(verdict, found))


@pytest.mark.parametrize(
    "cell",
    [
        'client_secret = "course-secret"',
        'client_secret = os.environ["CDSE_CLIENT_SECRET"]',
        'client_secret = "your-client-secret"',
        'token_url = "https://identity.dataspace.copernicus.eu/auth/realms/CDSE/protocol/token1"',
        'fs.put(local_path, "s3://my-bucket/sentinel2/bulgaria_rgb.tif")',
        'url = "https://minio.lab.sspcloud.fr/a@b"',
    ],
)
def test_what_is_no_secret_is_left_alone(cell: str) -> None:
    assert typed_secrets.told(typed_secrets.kinds_in(cell)) == ()


def test_outputs_count_and_the_course_itself_holds_none(tmp_path: Path) -> None:
    for source in read_all():
        path = tmp_path / f"{source.name}.ipynb"
        notebook = make(source, solved=True)
        path.write_text(json.dumps(notebook))
        assert typed_secrets.in_notebook(path) == {}
    cell = next(cell for cell in notebook.cells if cell.cell_type == "code")
    cell.outputs = [{"output_type": "stream", "name": "stdout", "text": [f"token: {JWT}\n"]}]
    path.write_text(json.dumps(notebook))
    assert typed_secrets.in_notebook(path) == {JWT: "token"}
    path.write_text("no notebook")
    assert typed_secrets.in_notebook(path) == {}
