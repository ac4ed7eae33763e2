"""The architecture's diagram is the import rule and the imports there are."""

from tests.draw_layers import drawn, in_document


def test_the_diagram_is_up_to_date() -> None:
    assert in_document() == drawn(), "python -m tests.draw_layers draws it anew"
