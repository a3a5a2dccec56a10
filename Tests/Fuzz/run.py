"""Runs the fuzzer over each parser of what strangers send, from the kept corpus on.

    python3 Tests/Fuzz/run.py FUZZER [--seconds 20] [--only path,cookie] [--keep]

The corpus is one text file a parser in Tests/Fixtures/fuzz, one input a line (`\\xNN` for what is not printable). An input
that breaks a parser is printed as such a line and ends this with 1: put it into the file, where a test replays it, and mend
the parser. With --keep what reached something new is written there, as small as the fuzzer can make the set.
"""

import argparse
import os
import pathlib
import re
import subprocess
import sys
import tempfile

CORPUS = pathlib.Path(__file__).resolve().parent.parent / "Fixtures" / "fuzz"
LONGEST = 1000


def unescaped(line):
    return re.sub(
        rb"\\(\\|x[0-9a-fA-F]{2})", lambda m: b"\\" if m[1] == b"\\" else bytes([int(m[1][1:], 16)]), line.encode()
    )


def escaped(data):
    return "".join("\\\\" if b == 0x5C else chr(b) if 0x20 <= b < 0x7F else f"\\x{b:02x}" for b in data)


def lines(path):
    return [line for line in path.read_text(encoding="utf-8").split("\n") if line and not line.startswith("# ")]


def run(fuzzer, name, arguments):
    # Swift's own handler of crashes would keep the fuzzer from writing down what caused them.
    environment = dict(os.environ, GATEHOUSE_FUZZ=name, SWIFT_BACKTRACE="enable=no")
    return subprocess.run([fuzzer, *arguments], env=environment, capture_output=True, text=True, errors="replace")


def fuzz(fuzzer, name, seconds, keep):
    kept = CORPUS / f"{name}.txt"
    with tempfile.TemporaryDirectory() as folder:
        work = pathlib.Path(folder)
        for part in ("seeds", "found", "small"):
            (work / part).mkdir()
        for number, line in enumerate(lines(kept)):
            (work / "seeds" / f"{number}").write_bytes(unescaped(line))
        result = run(
            fuzzer,
            name,
            [f"-max_total_time={seconds}", f"-max_len={LONGEST}", "-timeout=5", "-rss_limit_mb=1024",
             "-print_final_stats=1", f"-artifact_prefix={work}/broken-", f"{work}/found", f"{work}/seeds"],
        )
        broken = sorted(work.glob("broken-*"))
        runs = re.search(r"number_of_executed_units: *(\d+)", result.stderr)
        covered = re.findall(r"cov: (\d+)", result.stderr)
        print(
            f"{name}: {runs[1] if runs else '?'} runs, {covered[-1] if covered else '?'} places reached, "
            f"{len(list((work / 'found').iterdir()))} new inputs",
            flush=True,
        )
        if result.returncode != 0 or broken:
            for path in broken:
                print(f"  breaks it: {escaped(path.read_bytes())}")
            told = [line for line in result.stderr.splitlines() if re.match(rf"{name}: |==|SUMMARY|Fatal|.*rror:", line)]
            print("\n".join("  " + line for line in told[:20]))
            return False
        if keep:
            run(fuzzer, name, ["-merge=1", f"-max_len={LONGEST}", f"{work}/small", f"{work}/seeds", f"{work}/found"])
            old = set(lines(kept))
            new = sorted({escaped(path.read_bytes()) for path in (work / "small").iterdir()} - old - {""})
            new = [line for line in new if not line.startswith("# ")]
            with kept.open("a", encoding="utf-8") as file:
                file.writelines(line + "\n" for line in new)
            print(f"  kept {len(new)}")
        return True


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("fuzzer")
    parser.add_argument("--seconds", type=int, default=20)
    parser.add_argument("--only", default="")
    parser.add_argument("--keep", action="store_true")
    options = parser.parse_args()
    names = options.only.split(",") if options.only else sorted(path.stem for path in CORPUS.glob("*.txt"))
    results = [fuzz(options.fuzzer, name, options.seconds, options.keep) for name in names]
    sys.exit(0 if all(results) else 1)


main()
