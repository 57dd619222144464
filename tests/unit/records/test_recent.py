# SPDX-License-Identifier: Apache-2.0
"""What was used lately stays, up to so many bytes, whoever asks at the same moment."""

from concurrent.futures import ThreadPoolExecutor

from comity.records.recent import Recent

KIB = 1 << 10


def test_what_was_not_used_for_longest_goes_first() -> None:
    recent: Recent[str, int] = Recent(16 * KIB)
    for number in range(8):
        recent.put(f"k{number}", number, KIB)  # each costs two KiB
    assert recent.get("k0") == 0
    recent.put("new", 9, KIB)
    assert recent.get("k1") is None
    assert (recent.get("k0"), recent.get("k2"), recent.get("new")) == (0, 2, 9)


def test_what_is_too_large_is_not_kept_and_moves_nobody() -> None:
    recent: Recent[str, int] = Recent(16 * KIB)
    recent.put("small", 1, 0)
    recent.put("large", 2, 4 * KIB)
    assert (recent.get("small"), recent.get("large")) == (1, None)


def test_a_value_put_twice_costs_once() -> None:
    recent: Recent[str, int] = Recent(16 * KIB)
    for number in range(100):
        recent.put("same", number, KIB)
    recent.put("other", 1, KIB)
    assert (recent.get("same"), recent.get("other")) == (99, 1)


def test_many_threads_at_once() -> None:
    recent: Recent[int, int] = Recent(64 * KIB)

    def work(seed: int) -> int:
        for number in range(2_000):
            recent.put((seed * 31 + number) % 97, number, KIB)
            recent.get(number % 97)
        return seed

    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(work, range(8))) == list(range(8))
