#!/usr/bin/env python3
"""Checks an archive of clinical images, with nothing but Python 3.8 or newer.

    python3 check_archive.py [FOLDER]

FOLDER is the archive; without it, the folder in which this file lies. It reads every file and says

  1. whether each file that belongs to the archive is there and is what was written;
  2. whether files lie in it that do not belong to it;
  3. whether every image has its record, and each record its original with the right check sum,
     and the small files that lay beside it on the device;
  4. whether there is as much of everything as the archive says;
  5. whether the lines of the trail stand in order, and in an archive of the office without a gap.

It ends with 0 if all is well and with 1 if not. It changes nothing. What it cannot prove: that
nobody made the whole archive anew. For that, compare the check sum of checksums.sha256, which it
prints, with one that was noted when the archive was made.
"""

import hashlib
import json
import os
import sys

CHECKSUMS = "checksums.sha256"
COVER = "archive.json"
TRAIL = "trail.jsonl"
PATIENTS = "patients.jsonl"
PIECE = 1 << 20


def sha256_of(path):
    """The check sum of a file, read piece by piece."""
    digest = hashlib.sha256()
    with open(path, "rb") as file:
        for piece in iter(lambda: file.read(PIECE), b""):
            digest.update(piece)
    return digest.hexdigest()


def read_json(folder, name, faults):
    """What a JSON file holds, or None."""
    try:
        with open(os.path.join(folder, *name.split("/")), encoding="utf-8") as file:
            return json.load(file)
    except (OSError, ValueError) as error:
        faults.append(f"{name} cannot be read: {error}")
        return None


def read_checksums(folder, faults):
    """The check sum of each file that belongs to the archive, by its name."""
    sums = {}
    try:
        with open(os.path.join(folder, CHECKSUMS), encoding="utf-8") as file:
            lines = file.read().splitlines()
    except (OSError, ValueError) as error:
        faults.append(f"{CHECKSUMS} cannot be read: {error}")
        return sums
    for number, line in enumerate(lines, start=1):
        checksum, _, name = line.partition("  ")
        parts = name.split("/")
        if len(checksum) != 64 or not name or ".." in parts or "" in parts:
            faults.append(f"{CHECKSUMS}, line {number} is not a check sum and a name")
        else:
            sums[name] = checksum
    return sums


def check_files(folder, sums, faults):
    """Reads every file that belongs here, and looks for others."""
    for name, checksum in sums.items():
        path = os.path.join(folder, *name.split("/"))
        if not os.path.isfile(path):
            faults.append(f"{name} is missing")
        elif sha256_of(path) != checksum:
            faults.append(f"{name} is not what was written: its check sum is another")
    for place, _, files in os.walk(folder):
        for file in files:
            name = os.path.relpath(os.path.join(place, file), folder).replace(os.sep, "/")
            if name not in sums and name != CHECKSUMS:
                faults.append(f"{name} does not belong to the archive")


def records_of_images(folder, sums, faults):
    """The record of each image, with its name and the folder that the names in it start from."""
    for name in sums:
        if "/images/" in name and name.endswith(".json"):
            record = read_json(folder, name, faults)
            if isinstance(record, dict):
                yield name, name[: name.index("/images/") + 1], record


def small_files_of(name, place, record, sums, faults):
    """The small files that the record of an image names, each compared with its check sum."""
    for one in record.get("beside") or []:
        if one.get("file") is not None:
            file = place + str(one["file"])
            if file not in sums:
                faults.append(f"{name} names a file that is not here: {file}")
            elif sums[file] != one.get("sha256"):
                faults.append(f"{name} describes other bytes than {file} has")
            yield file


def check_images(folder, sums, faults):
    """Compares every record of an image with its original; gives how many there are, and bytes."""
    images, size, originals = 0, 0, set()
    for name, place, record in records_of_images(folder, sums, faults):
        originals.update(small_files_of(name, place, record, sums, faults))
        if record.get("original") is None:
            continue
        original = place + str(record["original"])
        originals.add(original)
        images += 1
        size += record.get("size") or 0
        if original not in sums:
            faults.append(f"{name} names an original that is not here: {original}")
        elif sums[original] != record.get("sha256"):
            faults.append(f"{name} describes other bytes than {original} has")
    for name in sums:
        if "/images/" in name and not name.endswith(".json") and name not in originals:
            faults.append(f"{name} has no record")
    return images, size


def count_sheets(folder, sums, faults):
    """How many lines the registers of sheets have."""
    registers = [name for name in sums if name.endswith("/sheets.json")]
    return sum(len(read_json(folder, name, faults) or []) for name in registers)


def lines_of(folder, name, faults):
    """What the lines of a JSON lines file hold, one after another."""
    try:
        with open(os.path.join(folder, name), encoding="utf-8") as file:
            for number, line in enumerate(file, start=1):
                try:
                    yield number, json.loads(line)
                except ValueError:
                    faults.append(f"{name}, line {number} cannot be read")
    except (OSError, ValueError) as error:
        faults.append(f"{name} cannot be read: {error}")


def check_trail(folder, gapless, faults):
    """Whether the lines stand in order; gives how many there are."""
    last, count = 0, 0
    for number, line in lines_of(folder, TRAIL, faults):
        seq = line.get("seq") if isinstance(line, dict) else None
        if not isinstance(seq, int) or seq <= last:
            faults.append(f"{TRAIL}, line {number} is out of order")
            continue
        if gapless and seq != last + 1:
            faults.append(f"{TRAIL}, line {number}: lines are missing before {seq}")
        last, count = seq, count + 1
    return count


def check_counts(told, found, faults):
    """Compares what the archive says with what was found."""
    for name, count in found.items():
        if told.get(name) != count:
            faults.append(f"{COVER} says {told.get(name)} {name}, but {count} are here")


def main(arguments):
    """Check one archive; the exit code."""
    own = os.path.dirname(os.path.abspath(__file__))
    folder = os.path.abspath(arguments[0]) if arguments else own
    faults = []
    sums = read_checksums(folder, faults)
    check_files(folder, sums, faults)
    cover = read_json(folder, COVER, faults) or {}
    images, size = check_images(folder, sums, faults)
    found = {
        "patients": sum(1 for _ in lines_of(folder, PATIENTS, faults)),
        "images": images,
        "bytes": size,
        "sheets": count_sheets(folder, sums, faults),
        "trail_lines": check_trail(folder, cover.get("scope") == "office", faults),
    }
    check_counts(cover.get("counts") or {}, found, faults)
    for fault in faults:
        print("WRONG:", fault)
    for missing in cover.get("not_included") or []:
        print("NOTE: the original of image", missing.get("image"), "could not be archived:")
        print("     ", missing.get("why"))
    for left in cover.get("left_out") or []:
        print("NOTE: the original of image", left.get("image"), "is not here,", left.get("why"))
    print(", ".join(f"{count} {name}" for name, count in found.items()))
    if not faults:
        print("check sum of", CHECKSUMS, sha256_of(os.path.join(folder, CHECKSUMS)))
    print("All is well." if not faults else f"{len(faults)} things are wrong.")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
