"""What rule files may say of nodes is what the finders of the outline make."""

from __future__ import annotations

from audit.extract import extract
from audit.outline import NODE_FINDERS, build_outline
from audit.outline.kinds import ALWAYS, LISTED, NODE_KINDS
from audit.read import read_text
from audit.rule.expression import WORDS, Feature
from audit.rule.load import shipped_rules
from audit.rule.parse import parse_condition

KINDS = {kind.name: kind for kind in NODE_KINDS}
EXAMPLES = [e.text for rule in shipped_rules() for e in (*rule.passes, *rule.fails, *rule.ignores)]


def test_every_finder_is_described() -> None:
    assert set(NODE_FINDERS) == set(KINDS)
    assert len(KINDS) == len(NODE_KINDS)


def test_nodes_are_as_described() -> None:
    seen: set[str] = set()
    for text in EXAMPLES:
        document = read_text(text)
        outline = build_outline(document, extract(document))
        for finder in NODE_FINDERS.values():
            for node in finder(outline):
                kind = KINDS[node.kind]
                seen.add(node.kind)
                assert node.form in dict(kind.forms), f"{node.kind}: form {node.form} is not described"
                assert {slot for slot, _ in node.slots} <= set(dict(kind.slots)), node.kind
                unknown = node.features - set(dict((*kind.features, *ALWAYS)))
                assert not unknown, f"{node.kind}: features {sorted(unknown)} are not described"
                assert kind.cue or node.cue is None, f"{node.kind}: its nodes have cues"
    assert seen == set(KINDS)


def test_features_can_be_asked_for() -> None:
    for kind in NODE_KINDS:
        for feature, about in (*kind.features, *ALWAYS):
            assert about
            assert parse_condition(feature) == Feature(feature)
        assert LISTED not in dict(kind.slots)
        assert not set(dict(kind.slots)) & set(WORDS)
