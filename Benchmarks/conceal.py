"""Whether private paths and paths where nothing is can be told apart by time, on a site that conceals.

Usage: python3 Benchmarks/conceal.py --gatehouse FILE [--requests N] [--work FOLDER]

Builds a site with 200 private pages, serves it before the local identity service, and asks as a stranger for a private
path and for one where nothing is, in turn, each pair in an order of chance. What an attacker could learn is how often the
slower of two is the private one: one half where they cannot be told apart. Prints that share with its 99 % range, the
medians, and ends with 1 where one half lies outside the range.
"""

import argparse
import http.client
import math
import os
import random
import shutil
import statistics
import subprocess
import time

import edit

HERE = os.path.dirname(os.path.abspath(__file__))
PAGES = 200


def make(folder):
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(f"{HERE}/gatehouse/themes", f"{folder}/themes")
    os.makedirs(f"{folder}/content/members")
    for number in range(PAGES):
        with open(f"{folder}/content/members/page-{number:03}.md", "w") as page:
            page.write(f"---\ntitle: Page {number}\n---\nWords of page {number}.\n")
    with open(f"{folder}/content/index.md", "w") as page:
        page.write("---\ntitle: Front\n---\nFor everyone.\n")


def configure(folder, port, identity):
    with open(f"{folder}/site.config", "w") as config:
        config.write(
            f"title: Concealed\nurl: http://127.0.0.1:{port}\ntheme: plain\nbuild: {{ search: false }}\n"
            "visibility: { conceal: true, rules: [{ path: /members/**, visibility: private }] }\n"
            f"appwrite: {{ endpoint: '{identity}', project: gatehouse, key: '${{APPWRITE_API_KEY}}' }}\n"
            f"guests: {{ sessions: off, unidentified_limit: 1000000/1m }}\nserver: {{ host: 127.0.0.1, port: {port} }}\n"
        )


def identity(program, log):
    """Starts the local identity service; its process, endpoint and key."""
    process = subprocess.Popen([program, "identity"], stdout=subprocess.PIPE, stderr=log, text=True)
    values = {}
    for line in process.stdout:
        name, _, text = line.strip().removeprefix("export ").partition("=")
        values[name] = text
        if "APPWRITE_API_KEY" in values:
            return process, values["APPWRITE_ENDPOINT"], values["APPWRITE_API_KEY"]
    raise SystemExit("the identity service did not start")


def ask(connection, path):
    """Nanoseconds until the answer is there, which must be 404."""
    start = time.perf_counter_ns()
    connection.request("GET", path, headers={"Accept": "text/html"})
    response = connection.getresponse()
    length = len(response.read())
    taken = time.perf_counter_ns() - start
    if response.status != 404:
        raise SystemExit(f"{path} answered {response.status}")
    return taken, length


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--gatehouse", required=True, help="the release build of the program")
    parser.add_argument("--requests", type=int, default=10000)
    parser.add_argument("--work", default="/tmp/gatehouse-conceal")
    options = parser.parse_args()
    folder, port = options.work, edit.free_port()
    make(folder)
    with open(f"{folder}/log", "w") as log:
        appwrite, endpoint, key = identity(options.gatehouse, log)
        configure(folder, port, endpoint)
        environment = dict(os.environ, APPWRITE_API_KEY=key)
        subprocess.run(
            [options.gatehouse, "build", "--source", folder], env=environment, check=True, stdout=log, stderr=log
        )
        server = subprocess.Popen(
            [options.gatehouse, "serve", "--source", folder], env=environment, stdout=log, stderr=log
        )
        try:
            measure(port, options.requests // 2)
        finally:
            server.terminate()
            appwrite.terminate()
            server.wait()
            appwrite.wait()


def measure(port, pairs):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    for _ in range(100):
        try:
            connection.connect()
            break
        except OSError:
            time.sleep(0.1)
    chance = random.Random(1)
    times = {"private": [], "nothing": []}
    slower = 0.0
    for number in range(-200, pairs):
        page = chance.randrange(PAGES)
        asked = [("private", f"/members/page-{page:03}/"), ("nothing", f"/members/none-{page:03}/")]
        chance.shuffle(asked)
        found = {kind: ask(connection, path) for kind, path in asked}
        if found["private"][1] != found["nothing"][1]:
            raise SystemExit("the answers are not of one length")
        # The first warm the caches up.
        if number < 0:
            continue
        for kind, (taken, _) in found.items():
            times[kind].append(taken)
        first, second = found["private"][0], found["nothing"][0]
        slower += 1 if first > second else 0.5 if first == second else 0
    share = slower / pairs
    margin = 2.576 * math.sqrt(0.25 / pairs)
    for kind, taken in times.items():
        print(f"{kind:8} median {statistics.median(taken) / 1000:.1f} µs")
    print(f"the private path was the slower one in {100 * share:.2f} % of {pairs} pairs; "
          f"by chance {100 * (0.5 - margin):.2f} to {100 * (0.5 + margin):.2f} %")
    if abs(share - 0.5) > margin:
        raise SystemExit("they can be told apart")


if __name__ == "__main__":
    main()
