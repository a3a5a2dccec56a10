"""How long after an edit of one page a browser can see it: `gatehouse dev` beside Hugo's server, on one corpus.

Usage: python3 Benchmarks/edit.py --gatehouse FILE [--pages N] [--edits N] [--work FOLDER]
"""

import argparse
import glob
import http.client
import os
import re
import socket
import statistics
import subprocess
import time

import build

PATIENCE = 300


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


class Server:
    """One of the programs, serving one of the sites, and the page of it that is edited."""

    def __init__(self, name, site, command, file, port):
        self.name = name
        self.file = file
        self.port = port
        self.path = "/" + re.sub(r"\.md$", "/", os.path.relpath(file, f"{site}/content"))
        self.times = []
        with open(file) as text:
            self.text = text.read()
        self.log = open(f"{site}.server.log", "w")
        self.process = subprocess.Popen(command, stdout=self.log, stderr=self.log)

    def get(self):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        try:
            connection.request("GET", self.path)
            response = connection.getresponse()
            # A refusal says nothing of how new the page is.
            if response.status == 429:
                raise SystemExit(f"{self.name} was asked too often")
            return response.read().decode()
        except OSError:
            return ""
        finally:
            connection.close()

    def wait(self, word):
        """Seconds until the page says it; ends the program where it never does."""
        start = time.monotonic()
        while word not in self.get():
            if time.monotonic() - start > PATIENCE or self.process.poll() is not None:
                raise SystemExit(f"{self.name} never showed '{word}' at {self.path}")
            time.sleep(0.001)
        return time.monotonic() - start

    def edit(self, number):
        word = f"edited-{number}-{time.monotonic_ns()}"
        with open(self.file, "w") as text:
            text.write(f"{self.text}\n\n{word}\n")
        self.times.append(self.wait(word) * 1000)

    def end(self):
        self.process.terminate()
        self.process.wait()
        with open(self.file, "w") as text:
            text.write(self.text)
        self.log.close()


def servers(options):
    base = build.make_sites(options.work, options.pages)
    program = build.fetch_hugo(options.work)
    for name in ["hugo", "gatehouse"]:
        site = f"{base}/{name}"
        file = sorted(f for f in glob.glob(f"{site}/content/**/*.md", recursive=True) if "index" not in f)[42]
        port = free_port()
        command = {
            "hugo": [program, "server", "--source", site, "--bind", "127.0.0.1", "--port", str(port)],
            "gatehouse": [options.gatehouse, "dev", "--source", site, "--port", str(port)],
        }[name]
        yield Server(name, site, command, file, port)


def main():
    arguments = argparse.ArgumentParser(description="Compare how soon an edit is seen.")
    arguments.add_argument("--gatehouse", required=True, help="the release build of the program")
    arguments.add_argument("--pages", type=int, default=10_000)
    arguments.add_argument("--edits", type=int, default=15)
    arguments.add_argument("--pause", type=float, default=4, help="seconds between edits")
    arguments.add_argument("--work", default=".build-bench", help="where corpus, Hugo and results lie")
    options = arguments.parse_args()
    options.work = os.path.abspath(options.work)
    options.gatehouse = os.path.abspath(options.gatehouse)
    os.makedirs(options.work, exist_ok=True)
    both = list(servers(options))
    try:
        for server in both:
            server.wait("<html")
        for number in range(options.edits + 1):
            for server in both:
                server.edit(number)
                # Both have work left to do when the page is seen, and it shall not count for the other.
                time.sleep(options.pause)
    finally:
        for server in both:
            server.end()
    print("| | median | fastest | slowest |\n| --- | --- | --- | --- |")
    for server in both:
        times = server.times[1:]
        print(f"| {server.name} | {statistics.median(times):.0f} ms | {min(times):.0f} ms | {max(times):.0f} ms |")
    pairs = [a / b for a, b in zip(both[0].times[1:], both[1].times[1:])]
    print(f"Hugo / Gatehouse: {statistics.median(pairs):.0f}")


if __name__ == "__main__":
    main()
