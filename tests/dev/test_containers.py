"""Would the containers run as the design asks? Read, not run: no engine here."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from dev.compose_secrets import write
from dev.installation import ROOT

COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
OURS = {"migrate", "web", "worker", "beat"}


def test_every_part_is_there() -> None:
    assert set(SERVICES) == OURS | {"main", "keys", "redis"}


@pytest.mark.parametrize("name", sorted(set(SERVICES) - {"migrate"}))
def test_everything_that_stays_up_has_a_health_check(name: str) -> None:
    assert SERVICES[name]["healthcheck"]["test"]


@pytest.mark.parametrize("name", sorted(SERVICES))
def test_nothing_runs_with_powers_it_does_not_need(name: str) -> None:
    service = SERVICES[name]
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert "privileged" not in service


def test_no_image_of_ours_or_theirs_runs_as_root() -> None:
    last_stage = (ROOT / "Dockerfile").read_text(encoding="utf-8").rsplit("\nFROM ", 1)[1]
    assert re.search(r"^USER situation$", last_stage, re.MULTILINE)
    assert {SERVICES[name]["user"] for name in ("main", "keys", "redis")} == {"postgres", "redis"}


def test_the_two_servers_share_neither_files_nor_network() -> None:
    main, keys = SERVICES["main"], SERVICES["keys"]
    assert main["volumes"][0] != keys["volumes"][0]
    assert not set(main["networks"]) & set(keys["networks"])


def test_who_sends_the_messages_reaches_the_mail_server_and_no_database_reaches_out() -> None:
    """Every other network of ours is internal: a worker on those alone would send no message, ever."""
    outward = {name for name, network in COMPOSE["networks"].items() if not network.get("internal")}
    assert {n for n, service in SERVICES.items() if outward & set(service["networks"])} == {"web", "worker"}
    assert "ports" not in SERVICES["worker"]


def test_only_the_migrating_process_gets_the_owners_rights() -> None:
    holders = {
        name for name in SERVICES if any("owner_" in s and "url" in s for s in SERVICES[name].get("secrets", []))
    }
    assert holders == {"migrate"}
    assert not any("app_" in s for s in SERVICES["migrate"]["secrets"])


@pytest.mark.parametrize("name", sorted(OURS))
def test_every_secret_comes_by_file_and_is_granted_to_whoever_reads_it(name: str) -> None:
    service = SERVICES[name]
    files = {value for key, value in service["environment"].items() if key.endswith("_FILE")}
    assert {Path(file).name for file in files} == set(service["secrets"])
    assert not {"SECRET_KEY", "DATABASE_URL", "KEY_ENCRYPTION_KEY", "LEDGER_SIGNING_KEY"} & set(service["environment"])


def test_every_secret_that_is_named_can_be_made(tmp_path: Path) -> None:
    made = write(tmp_path / "secrets")
    assert set(made) == {Path(secret["file"]).name for secret in COMPOSE["secrets"].values()}
    assert write(tmp_path / "secrets") == []
    password = (tmp_path / "secrets/app_password").read_text(encoding="ascii")
    assert password in (tmp_path / "secrets/app_database_url").read_text(encoding="ascii")
    assert (tmp_path / "secrets").stat().st_mode & 0o077 == 0


def test_no_address_of_a_package_index_is_in_what_builds_us() -> None:
    for name in ("Dockerfile", "docker-compose.yml", "Makefile", ".ci/run", "pyproject.toml"):
        text = (ROOT / name).read_text(encoding="utf-8")
        assert not re.search(r"index-url|find-links|https?://(?!127\.0\.0\.1)", text), name
    for path in ROOT.glob("requirements*.txt"):
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"://|index-url|find-links", text), path.name
        assert "--hash=sha256:" in text
