# SPDX-License-Identifier: Apache-2.0
"""What one state can be asked to do for another, as the law sorts it, and which measures a general article carries."""

from collections.abc import Mapping
from typing import Literal, get_args

Measure = Literal[
    "asset-recovery",
    "banking-information",
    "confiscation",
    "controlled-delivery",
    "covert-investigation",
    "cross-border-observation",
    "direct-access",
    "direct-provider-cooperation",
    "emergency-disclosure",
    "evidence",
    "extradition",
    "fiu-cooperation",
    "freezing-seizure",
    "hearing-by-telephone",
    "hearing-by-video",
    "interception",
    "joint-investigation",
    "laying-of-information",
    "locate-person",
    "mutual-legal-assistance",
    "network-24-7",
    "partial-disclosure-of-traffic-data",
    "police-cooperation",
    "presence-of-officials",
    "preservation",
    "production",
    "provisional-arrest",
    "real-time-traffic-data",
    "return-of-assets",
    "search-seizure",
    "service-of-documents",
    "spontaneous-information",
    "surrender",
    "transfer-of-proceedings",
    "transfer-of-sentenced-persons",
]

TreatyKind = Literal["extradition", "mla", "transfer-of-sentenced-persons", "data-access"]

MEASURES: tuple[str, ...] = tuple(sorted(get_args(Measure)))

ASSISTANCE: frozenset[str] = frozenset(
    {
        "banking-information",
        "evidence",
        "hearing-by-telephone",
        "hearing-by-video",
        "locate-person",
        "partial-disclosure-of-traffic-data",
        "preservation",
        "presence-of-officials",
        "production",
        "search-seizure",
        "service-of-documents",
    }
)
"""What an article on mutual legal assistance in general carries, where no article of its own does."""

DATA: frozenset[str] = frozenset(
    {
        "direct-access",
        "direct-provider-cooperation",
        "emergency-disclosure",
        "interception",
        "partial-disclosure-of-traffic-data",
        "preservation",
        "real-time-traffic-data",
    }
)
"""Measures that are about electronic data by their nature."""

PERSONS: frozenset[str] = frozenset({"extradition", "provisional-arrest", "surrender"})
"""Measures against a person's liberty, which a treaty on assistance never carries."""

COERCIVE: frozenset[str] = frozenset(
    {
        "confiscation",
        "extradition",
        "freezing-seizure",
        "interception",
        "production",
        "provisional-arrest",
        "real-time-traffic-data",
        "search-seizure",
        "surrender",
    }
)
"""Measures that need the power of the state. No road between police carries them."""

TREATY_CARRIES: Mapping[TreatyKind, frozenset[str]] = {
    "extradition": PERSONS,
    "mla": ASSISTANCE
    | {"asset-recovery", "confiscation", "freezing-seizure", "mutual-legal-assistance", "spontaneous-information"},
    "transfer-of-sentenced-persons": frozenset({"transfer-of-sentenced-persons"}),
    "data-access": frozenset({"direct-provider-cooperation", "production"}),
}
"""What a treaty of a kind is about, where nobody has entered its articles."""
