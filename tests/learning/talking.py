"""A conversation on the step page, as tests play it: dishes(), or one that comes back."""

from dataclasses import replace
from html.parser import HTMLParser

from django.urls import reverse

from learning.actions import start_attempt
from modules.rules.scenario import Node, Scenario
from tests.factories.learning import (
    NOW,
    make_assignment,
    make_content,
    make_module,
    make_programme,
    make_rule,
    make_version,
    walk,
)
from tests.modules.scenarios import dishes, with_choice

STEP = 3  # the conversation in make_content


def coming_back() -> Scenario:
    """Who consults at the first decision gets advice and comes back to it."""
    scenario = with_choice("eerst", "overleg", next="advies")
    advice = Node("advies", "turn", speaker="Joost", text="Stel één vraag.", next="eerst")
    return replace(scenario, nodes=(*scenario.nodes, advice))


def rich() -> Scenario:
    """With a note, and no words at all at the first decision."""
    nodes = tuple(replace(n, text="") if n.id == "eerst" else n for n in dishes().nodes)
    return replace(dishes(), note="Over geld voor foto’s.", nodes=nodes)


def attempt_at(worker, scenario):
    """An attempt that has come to the conversation."""
    content = make_content()
    steps = tuple(
        replace(step, scenario=scenario) if step.scenario else step for step in content.steps
    )
    module = make_module(versions=0)
    make_version(module, replace(content, steps=steps))
    rule = make_rule(worker.employments.get().team.organisation, make_programme(module))
    attempt = start_attempt(assignment=make_assignment(worker, rule=rule), module=module, at=NOW)
    walk(attempt, until=2)
    return attempt


def url_of(attempt):
    return reverse("learning:step", args=[attempt.public_id, STEP])


def form_for(node, choice_, visit=1, **fields):
    return {"action": "choose", "node": node, "choice": choice_, "visit": str(visit), **fields}


def choose(client, url, node, choice_, visit=1, **fields):
    return client.post(url, form_for(node, choice_, visit, **fields), follow=True)


class _Seen(HTMLParser):
    """What a reader without script sees: what stands in a template does not count."""

    def __init__(self):
        super().__init__()
        self.depth = 0
        self.parts = []

    def handle_starttag(self, tag, attrs):
        self.depth += tag == "template"
        self.parts += [value or "" for name, value in attrs if name == "value" and not self.depth]

    def handle_endtag(self, tag):
        self.depth -= tag == "template"

    def handle_data(self, data):
        if not self.depth:
            self.parts.append(data)


def seen(response):
    parser = _Seen()
    parser.feed(response.content.decode())
    return " ".join(" ".join(parser.parts).split())
