#!/usr/bin/env python3
"""Recomputes the figures of a report from its samples, and prints every difference.

    recompute.py report.json samples.csv

It shares no code with the product: it follows the definitions that are written at ProbeFigures and at Stretch. Limits, gaps and
their times come from the rules in report.json. The exit code is 1 when something differs.
"""
import csv
import json
import math
import sys
from datetime import datetime, timedelta, timezone
from decimal import Decimal
from fractions import Fraction

EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)
MINUTE = 60_000


def instant(text):
    return (datetime.fromisoformat(text.replace("Z", "+00:00")) - EPOCH) // timedelta(milliseconds=1)


def milli(number):  # Degrees or seconds, as a text or a number.
    return None if number in (None, "") else int(Decimal(number) * 1000)


def span(content):
    return instant(content["from"]), instant(content["to"])


def read_samples(path):
    found = {}
    with open(path, newline="", encoding="utf-8-sig") as file:
        for row in csv.DictReader(file):
            found.setdefault((row["probe"], row["role"].lower()), []).append((instant(row["at"]), milli(row["measured"]), row["counts"]))
    return {key: sorted(rows) for key, rows in found.items()}


class Piece:
    """A time in which one rule and one offset were in force for a probe."""

    def __init__(self, rule, start, end, role, offset):
        self.start, self.end, self.offset = start, end, offset
        own = role == "air" and (rule.get("airLow") is not None or rule.get("airHigh") is not None)
        self.low, self.high = (milli(rule.get("airLow" if own else "low")), milli(rule.get("airHigh" if own else "high")))
        self.key, self.gap, self.delay, self.every = (id(rule), offset), milli(rule["maxGap"]), milli(rule["delay"]), milli(rule.get("sampleEvery", 0))

    def beyond(self, side, measured):  # How far a temperature is beyond a limit; exact.
        value = max(-273_150, min(1_000_000_000, measured + self.offset)) if isinstance(measured, int) else measured + self.offset
        limit = self.high if side == "high" else self.low
        return None if limit is None else value - limit if side == "high" else limit - value


def pieces_of(run, rules):  # What judges alike over two mountings is one.
    pieces = []
    for probe in run:
        for rule in rules:
            (a, b), (c, d) = span(probe["mounted"]), span(rule["inForce"])
            piece = Piece(rule, max(a, c), min(b, d), probe["role"].lower(), probe["calibrationOffsetMilli"])
            if pieces and (pieces[-1].key, pieces[-1].end) == (piece.key, piece.start):
                pieces[-1].end = max(piece.start, piece.end)
            elif piece.start < piece.end:
                pieces.append(piece)
    return pieces


def out_part(piece, side, line, start, end):
    """The part of a line within [start, end) beyond a limit: its ends, how far out it is at them, and whether it is back; None for none."""
    (t0, v0), (t1, v1) = line
    a, b = piece.beyond(side, v0), piece.beyond(side, v1)
    if a is None or (a <= 0 and b <= 0):
        return None
    crossing = None if a == b else t0 + Fraction(-a * (t1 - t0), b - a)
    leaves, returns = (t0 if a > 0 else math.floor(crossing)), (t1 if b > 0 else math.ceil(crossing))
    first, last = max(leaves, start), min(returns, end)
    at = lambda t: max(0, math.ceil(a + Fraction((b - a) * (t - t0), t1 - t0)))
    d0 = 0 if first == leaves and a <= 0 else at(first)
    d1 = 0 if last == returns and b <= 0 else at(last)
    return (first, last, d0, d1, b <= 0 and last == returns) if first < last else None


def known_parts(lines, pieces):  # Each line cut where other figures come into force, as far as it is short enough for the rule.
    for line in lines:
        for piece in pieces:
            start, end = max(line[0][0], piece.start), min(line[1][0], piece.end)
            if start < end and line[1][0] - line[0][0] <= piece.gap:
                yield line, piece, start, end


def lines_of(rows):
    last, found = None, []
    for at, measured, counts in rows:
        if counts == "good":
            if last is not None:
                found.append((last, (at, measured)))
            last = (at, measured)
        elif counts == "conflict":
            last = None
    return found


def kinetic(weights):
    total = sum(weight for weight, _ in weights)
    coldest = 10_000 / (max(value for _, value in weights) / 1000 + 273.15)  # Scaled, so that nothing vanishes at deep temperatures.
    return 10_000 / (coldest - math.log(sum(w * math.exp(coldest - 10_000 / (v / 1000 + 273.15)) for w, v in weights) / total)) - 273.15


def figures(probe, rules, rows):
    start, end = span(probe["mounted"])
    pieces, lines = pieces_of([probe], rules), lines_of(rows)
    within = [row for row in rows if start <= row[0] < end]
    good = [(at, measured + probe["calibrationOffsetMilli"]) for at, measured, counts in within if counts == "good"]
    low = high = 0
    reached, gaps = start, []
    for line, piece, a, b in known_parts(lines, pieces):
        gaps += [(reached, a)] if a > reached else []
        reached = b
        cold, warm = out_part(piece, "low", line, a, b), out_part(piece, "high", line, a, b)
        colder = cold[1] - cold[0] if cold else 0
        low += colder
        high += min(warm[1] - warm[0] if warm else 0, b - a - colder)
    gaps += [(reached, end)] if end > reached else []
    unknown = sum(b - a for a, b in gaps)
    weights = []
    for (t0, v0), (t1, v1) in lines:
        if start <= t0 and t1 < end and any(p.start <= t1 < p.end and t1 - t0 <= p.gap for p in pieces):
            weights += [(t1 - t0, v0 + probe["calibrationOffsetMilli"]), (t1 - t0, v1 + probe["calibrationOffsetMilli"])]
    values, n = [value for _, value in good], len(good)
    every = {}
    for piece in pieces:
        every[piece.every] = every.get(piece.every, 0) + piece.end - piece.start
    result = {"expected": sum(time // step for step, time in every.items() if step), "received": len(within), "good": n,
              "low": low, "high": high, "unknown": unknown, "inRange": end - start - low - high - unknown, "longestGap": max([b - a for a, b in gaps], default=0),
              "coveragePercent": round(Fraction(100 * (end - start - unknown), end - start), 4),
              "minimum": None, "minimumAt": None, "maximum": None, "maximumAt": None, "mean": None, "standardDeviation": None, "meanKinetic": None}
    if n:
        result.update(minimum=min(values), maximum=max(values), mean=round(Fraction(sum(values), 1000 * n), 6),
                      minimumAt=next(at for at, value in good if value == min(values)), maximumAt=next(at for at, value in good if value == max(values)),
                      meanKinetic=kinetic(weights or [(1, value) for value in values]))
    if n > 1:
        result["standardDeviation"] = math.sqrt(Fraction(n * sum(v * v for v in values) - sum(values) ** 2, n * (n - 1))) / 1000
    return result


def excursions(side, lines, pieces):
    """The times out of range on one side. Within the delay of its rule one goes on under the next; after it, another one begins there."""
    found, before = [], None  # The rule of the part before, while it goes on out of range.
    worst = max if side == "high" else min
    for line, piece, a, b in known_parts(lines, pieces):
        part = out_part(piece, side, line, a, b)
        goes_on = before is not None and found[-1]["last"] == a
        if part is None:
            if goes_on:
                found[-1]["end"] = a  # Other figures came into force, by which it is in range.
            before = None
            continue
        first, last, d0, d1, is_back = part
        value = [piece.high + d if side == "high" else piece.low - d for d in (d0, d1)]
        changed = goes_on and before is not piece
        if not goes_on or (changed and first - found[-1]["since"] >= before.delay):
            if changed:
                found[-1]["end"] = first
            found.append({"start": first, "since": found[-1]["since"] if changed else first, "peak": value[0], "area": 0})
        one = found[-1]
        one.update(limit=piece.high if side == "high" else piece.low, last=last, peak=worst(one["peak"], *value), area=one["area"] + (d0 + d1) * (last - first), end=last if is_back else None)
        before = None if is_back else piece
    return found


class Report:
    def __init__(self, content, samples):
        self.content, self.samples, self.differences = content, samples, 0
        self.window = span(content)

    def runs(self, probes):  # Mountings of a probe that follow each other without a hole, with the samples that may lie on their lines.
        ordered = sorted(probes, key=lambda p: (p["probe"], p["role"], span(p["mounted"])))
        runs = []
        for probe in ordered:
            last = runs[-1][-1] if runs else None
            joins = last and (last["probe"], last["role"]) == (probe["probe"], probe["role"]) and span(last["mounted"])[1] == span(probe["mounted"])[0]
            runs[-1].append(probe) if joins else runs.append([probe])
        for run in runs:
            start, end = span(run[0]["mounted"])[0], span(run[-1]["mounted"])[1]
            rows = self.samples.get((run[0]["probe"], run[0]["role"].lower()), [])
            yield run, [r for r in rows if (start <= r[0] or start == self.window[0]) and (r[0] < end or end == self.window[1])]

    def compare(self, what, name, reported, value, tolerance=0):
        same = reported is None and value is None if None in (reported, value) else abs(reported - value) <= tolerance
        if not same:
            self.differences += 1
            print(f"{what}: {name} is {reported}, and by the samples {value}")

    def check_figures(self, what, reported, value):
        for name, own in value.items():
            theirs = reported.get(name)
            if name.endswith("At"):
                self.compare(what, name, instant(theirs) if theirs else None, own)
            elif name in ("low", "high", "inRange", "unknown", "longestGap", "minimum", "maximum"):
                self.compare(what, name, milli(theirs), own)
            else:
                exact = name not in ("standardDeviation", "meanKinetic")
                own = float(own) if exact and isinstance(own, Fraction) else own
                self.compare(what, name, theirs if theirs is None else float(theirs), own, 0 if exact else 1.5e-6)

    def check_finding(self, finding, rules, runs):
        what, side = f"{self.content['number']}: {finding['probe']}", finding["side"].lower()
        if finding["isConflict"] or finding["status"] != "current" or side == "unknown":
            return print(f"{what}: a finding that is {finding['status']}, {side}{', a conflict' if finding['isConflict'] else ''} is not recomputed")
        own = [(run, rows) for run, rows in runs if run[0]["probe"] == finding["probe"] and run[0]["role"].lower() == "load"]
        found = [one for run, rows in own for one in excursions(side, lines_of(rows), pieces_of(run, rules))]
        one = min(found, key=lambda one: abs(one["start"] - instant(finding["start"])), default=None)
        if one is None:
            return self.compare(what, "the number of excursions", 1, 0)
        self.compare(what, "start", instant(finding["start"]), one["start"])
        self.compare(what, "end", instant(finding["end"]) if finding.get("end") else None, one["end"])
        self.compare(what, "lastKnown", instant(finding["lastKnown"]), one["last"])
        self.compare(what, "duration", milli(finding["duration"]), one["last"] - one["start"])
        if finding.get("rule"):  # The rule that it rests on: within the delay of one rule, it goes on under the next.
            self.compare(what, "rule." + side, milli(finding["rule"].get(side)), one["limit"])
        self.compare(what, "peak", milli(finding["peak"]), one["peak"])
        self.compare(what, "degreeMinutes", float(finding["degreeMinutes"]), one["area"] / 2 / 1000 / MINUTE, 1e-6)
        self.compare(what, "cumulative", milli(finding["cumulative"]), sum(figures(probe, rules, rows)[side] for run, rows in own for probe in run))

    def check(self):
        for block in [self.content["excursion"]] if self.content.get("excursion") else self.content.get("units", []):
            runs = list(self.runs(block["probes"]))
            for run, rows in runs:
                for probe in run:
                    self.check_figures(f"{probe['probe']} from {probe['mounted']['from']}", probe["figures"], figures(probe, block["rules"], rows))
            if "finding" in block:
                self.check_finding(block["finding"], block["rules"], runs)
        return self.differences


def main(report, samples):
    with open(report, encoding="utf-8") as file:
        content = json.load(file, parse_float=Decimal)
    differences = Report(content, read_samples(samples)).check()
    print(f"{differences} differences")
    return 1 if differences else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
