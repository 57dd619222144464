# SPDX-License-Identifier: Apache-2.0
"""Filters and tags of the pages: the field's words and sentences, short digests, sizes, addresses of assets."""

from collections.abc import Mapping
from typing import Any

from django import template
from django.utils.translation import ngettext

from comity.interfaces.web import assets, times, words
from comity.interfaces.web.law import clocks, sentences, states
from comity.interfaces.web.law import words as law_words
from comity.law import naming
from comity.records.threads.models import Side, Thread

register = template.Library()

register.simple_tag(assets.address, name="asset")
register.filter("kind", words.kind)
register.filter("description", words.description)
register.filter("act", words.act)
register.filter("state", words.state)
register.filter("said", words.said)
register.filter("city", times.city)
register.filter("law", law_words.word)
register.filter("content", law_words.content)
register.filter("tongue", law_words.language)
register.filter("ground", law_words.ground)
register.filter("told", sentences.told)
register.simple_tag(sentences.english, name="english")
register.filter("runs", clocks.time)
register.filter("timed", clocks.what)
register.filter("counted", clocks.after)
register.filter("place", states.name)
register.filter("fact", naming.name)


@register.filter
def stands(thread: Thread) -> str:
    """Where a thread stands, in the words of the side that we are on."""
    return words.state(thread.state, thread.kind, ours=thread.side != Side.ASKED)


@register.filter
def term(code: str, vocabulary: str) -> str:
    """`{{ code|term:"urgencies" }}`: the code's label."""
    return words.term(vocabulary, code)


@register.filter
def short(digest: str) -> str:
    """Enough of a digest or an identifier to tell it from others by eye."""
    bare = digest.removeprefix("sha256:")
    return f"{bare[:8]}…{bare[-4:]}" if len(bare) > 16 else bare


@register.filter
def size(count: int) -> str:
    """A number of bytes for people."""
    if count < 1024:
        return ngettext("%(count)d byte", "%(count)d bytes", count) % {"count": count}
    return f"{count / 1024:.0f} KiB" if count < 1 << 20 else f"{count / (1 << 20):.1f} MiB"


@register.filter
def country(authority: str) -> str:
    """The country of an authority's name."""
    return authority.partition("/")[0]


@register.filter
def at(found: Mapping[str, Any], key: str) -> Any:
    """A member of a mapping, or nothing."""
    return found.get(key)
