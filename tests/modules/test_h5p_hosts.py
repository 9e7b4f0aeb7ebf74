"""What other people's hosts make of a package. `make hosts` installs them."""

import html
import json
import os
import re
import subprocess

import pytest
from django.conf import settings

from modules.h5p import library
from modules.h5p.content import Files, content_of
from modules.h5p.export import export_of
from tests.modules import h5p_rules
from tests.modules.h5p_scenarios import members, odd_story, picture, publish, recording

HOSTS = settings.BASE_DIR / "tests" / "h5p"
LUMI = HOSTS / "node_modules" / "@lumieducation" / "h5p-server"

pytestmark = [  # Wagtail leaves a temporary file open when it makes a rendition
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]


@pytest.fixture
def exported(db, settings, tmp_path):
    """A package with everything in it that a host could stumble over."""
    settings.MEDIA_ROOT = tmp_path / "media"
    image = {"image": picture().pk, "alt_text": "Een aanrecht & kraan", "decorative": False}
    by_node = {"keuken": {"image": image, "recording": recording().pk}}
    publish(odd_story(), by_node=by_node)
    path = tmp_path / "afwas.h5p"
    path.write_bytes(export_of("afwas"))
    return path


def taken_in(path, out):
    """What Lumi's server does with a package: the process, after it ended."""
    if not LUMI.exists():
        pytest.fail("make hosts") if os.environ.get("CI") else pytest.skip("make hosts")
    command = ["node", str(HOSTS / "accept.mjs"), str(path), str(out)]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)


def plain(value):
    """Every text with one level of escaping taken off, and files under the name that we gave."""
    if isinstance(value, dict):
        return {name: plain(one) for name, one in value.items()}
    if isinstance(value, list):
        return [plain(one) for one in value]
    return html.unescape(as_sent(value)) if isinstance(value, str) else value


def as_sent(path):
    """Lumi adds some letters to the name of each file."""
    return re.sub(r"^((?:content/)?(?:images|audios)/[0-9a-f]{20})-[\w-]+", r"\1", path)


def test_lumi_takes_a_package_in_and_gives_it_back_whole(exported, tmp_path):
    back = tmp_path / "terug.h5p"
    done = taken_in(exported, back)
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    sent = members(exported.read_bytes())
    returned = {as_sent(name): data for name, data in members(back.read_bytes()).items()}
    ours = json.loads(sent["content/content.json"])
    assert told["libraries"] == [["new", "Opmerkzaam.Gesprek"]]
    assert told["title"] == "Tom & Jo"
    assert plain(told["params"]) == plain(ours)
    assert plain(json.loads(returned["content/content.json"])) == plain(ours)
    assert json.loads(returned["h5p.json"])["title"] == "Tom & Jo"
    media = {name for name in sent if name.startswith("content/") and "content.json" not in name}
    assert len(media) == 2
    for name in media | {name for name in library.files() if not name.endswith("library.json")}:
        assert returned[name] == sent[name], name


def test_lumi_refuses_what_is_no_package(tmp_path):
    """So that the check above is known to be one."""
    path = tmp_path / "niets.h5p"
    path.write_bytes(b"PK nothing")
    assert taken_in(path, tmp_path / "terug.h5p").returncode == 1


def as_php_escapes(value):
    """htmlspecialchars without double encoding, as hosts in PHP do on every text field."""
    if isinstance(value, dict):
        return {name: as_php_escapes(one) for name, one in value.items()}
    if isinstance(value, list):
        return [as_php_escapes(one) for one in value]
    if not isinstance(value, str):
        return value
    text = re.sub(r"&(?!(?:#\d+|#x[0-9a-f]+|\w+);)", "&amp;", value, flags=re.IGNORECASE)
    text = text.replace("<", "&lt;").replace(">", "&gt;")
    return text.replace('"', "&quot;").replace("'", "&#039;")


def test_texts_survive_the_escaping_of_hosts_in_php():
    story = odd_story()
    content = content_of(story, language="nl", competencies={}, files=Files())
    with h5p_rules.node() as node:
        there = node.play_content(as_php_escapes(content), {})
    assert there["texts"] == [one.text for one in story.nodes]
