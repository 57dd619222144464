# SPDX-License-Identifier: Apache-2.0
"""node.toml: what is written is read again, and every fault has its own words."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.protocol.wire.errors import BadMember
from comity.protocol.wire.names import AuthorityId
from comity.records.config import FILE, NodeConfig, checked, parse, read, write
from comity.records.errors import ConfigurationError

CONFIG = NodeConfig(home=Path("/nowhere"), authority=AuthorityId("ES/policia-nacional"), name="Policía", country="ES")
TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
NAME = TEXT.filter(str.strip)
WORDS = st.lists(TEXT, max_size=3).map(tuple)


@given(
    name=NAME,
    roles=st.lists(st.sampled_from(["police", "fiu", "court"]), min_size=1).map(tuple),
    competence=WORDS,
    languages=st.lists(TEXT, min_size=1, max_size=3).map(tuple),
    timezone=st.sampled_from(["UTC", "Europe/Madrid", "Asia/Yangon"]),
    calendar=TEXT,
    hours=TEXT,
    telephone=TEXT,
    email=TEXT,
    sample=st.booleans(),
    passphrase=TEXT,
    card_days=st.integers(1, 1095),
    mailbox=st.sampled_from(["", "https://relay.example/mailbox/ES/policia-nacional"]),
)
def test_what_is_written_is_read_again(tmp_path_factory: pytest.TempPathFactory, **settings: Any) -> None:
    home = tmp_path_factory.getbasetemp() / "config"
    home.mkdir(exist_ok=True)
    config = replace(CONFIG, home=home, relay="MM/police-force", **settings)
    (home / FILE).write_text(write(config), encoding="utf-8", newline="")
    assert read(home) == config


def test_little_is_needed() -> None:
    found = parse(Path("/home"), {"authority": {"id": "MM/police-force", "name": "Sample"}})
    assert (found.country, found.rp_id, found.origin) == ("MM", "localhost", "http://localhost:8001")
    assert found.cookie == "comity_mm_police_force"


def test_two_nodes_of_one_machine_share_neither_cookie_nor_origin() -> None:
    other = replace(CONFIG, authority=AuthorityId("CN/mps"), country="CN", web="http://cn.localhost:8001/")
    assert {other.cookie, other.rp_id}.isdisjoint({CONFIG.cookie, CONFIG.rp_id})
    assert other.origin == "http://cn.localhost:8001"


@pytest.mark.parametrize(
    ("change", "setting"),
    [
        ({"name": "  "}, "name"),
        ({"country": "MM"}, "country"),
        ({"roles": ()}, "roles"),
        ({"roles": ("wizard",)}, "roles"),
        ({"languages": ()}, "languages"),
        ({"timezone": "Nowhere/City"}, "timezone"),
        ({"timezone": ""}, "timezone"),
        ({"timezone": "../etc"}, "timezone"),
        ({"timezone": "Europe"}, "timezone"),
        ({"web": "nonsense"}, "web"),
        ({"web": "ftp://es.localhost"}, "web"),
        ({"web": "http://es.localhost:99999"}, "web"),
        ({"endpoint": "nonsense"}, "endpoint"),
        ({"mailbox": "nonsense"}, "mailbox"),
        ({"mailbox": "https://relay.example/x"}, "relay"),
        ({"mailbox": "https://relay.example/x", "relay": "nobody"}, "relay"),
        ({"database": "mysql://x"}, "database"),
        ({"database": "nonsense"}, "database"),
        ({"card_days": 0}, "card_days"),
    ],
)
def test_a_setting_that_no_node_could_use_is_named(change: dict[str, Any], setting: str) -> None:
    with pytest.raises(ConfigurationError) as refused:
        checked(replace(CONFIG, **change))
    assert str(refused.value.data["where"]).endswith(f"{FILE}, {setting}")


NAMED = '[authority]\nid = "ES/x"\nname = "X"\n'


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("= nonsense", "is not TOML"),
        ("authority = 5", "must have a table authority"),
        (NAMED + "[law]\nx = 1", "does not know the table law"),
        (NAMED + "[node]\nhome = '/'", "does not know the setting home"),
        (NAMED + "[node]\nendpint = ''", "does not know the setting endpint"),
        (NAMED + "[node]\nname = 'Y'", "has the setting name twice"),
        (NAMED + "sample = 1", "has the wrong type for sample"),
        (NAMED + "[node]\ncard_days = true", "has the wrong type for card_days"),
        (NAMED + "roles = 'police'", "has the wrong type for roles"),
        (NAMED + "roles = [1]", "has the wrong type for roles"),
        ('[authority]\nid = "ES/x"', "must give the authority a name"),
    ],
)
def test_every_fault_of_the_file_has_its_words(tmp_path: Path, text: str, why: str) -> None:
    (tmp_path / FILE).write_text(text)
    with pytest.raises(ConfigurationError) as refused:
        read(tmp_path)
    assert why in str(refused.value)
    assert refused.value.data["where"] == str(tmp_path / FILE)


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="there is no such file"):
        read(tmp_path)
    (tmp_path / FILE).mkdir()
    with pytest.raises(ConfigurationError, match="cannot be read"):
        read(tmp_path)
    (tmp_path / FILE).rmdir()
    (tmp_path / FILE).write_bytes(b"\xff")
    with pytest.raises(ConfigurationError, match="is not TOML"):
        read(tmp_path)


@pytest.mark.parametrize("id", ['"es/x"', "5", '"ES"', '""'])
def test_an_authority_that_is_none_is_named(tmp_path: Path, id: str) -> None:
    (tmp_path / FILE).write_text(f"[authority]\nid = {id}\nname = 'X'")
    with pytest.raises(BadMember, match=FILE):
        read(tmp_path)
