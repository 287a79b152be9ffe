"""The same targets under atheris, which follows the branches that inputs take through this program and YAML.

    python -m fuzz.guided TARGET CORPUS [options of libFuzzer]

Started by `python -m tests.fuzz`, one process a target, for libFuzzer ends the process in which it finds something.
"""

from __future__ import annotations

import sys

from fuzz.bounds import MEGABYTES, SECONDS, bounded


def main() -> None:
    """Follow a target until libFuzzer's limits."""
    import atheris

    with atheris.instrument_imports(include=["sim", "ruamel"]):
        from fuzz.search import corpus
        from fuzz.targets import TARGETS

        target = TARGETS[sys.argv[1]]
        for data in corpus(sys.argv[1]).values():  # load what is loaded late, with its branches
            target(data)

    def one(data: bytes) -> None:
        with bounded():
            target(data)

    limits = [f"-rss_limit_mb={2 * MEGABYTES}", f"-timeout={6 * SECONDS}", "-use_value_profile=1"]
    atheris.Setup([sys.argv[0], *limits, *sys.argv[2:]], one)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
