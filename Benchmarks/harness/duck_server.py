"""Runs in DuckDB's environment: reads one JSON string of statements a line, answers with the time they took."""

import json
import resource
import sys
import time

import duckdb


def main(path):
    database = duckdb.connect(path)
    for line in sys.stdin:
        try:
            started, own_started = time.perf_counter(), time.process_time()
            row = database.execute(json.loads(line)).fetchone()
            seconds = time.perf_counter() - started
            own_seconds = time.process_time() - own_started
            peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
            answer = {"seconds": seconds, "own_seconds": own_seconds, "peak_bytes": peak, "row": row}
        except duckdb.Error as error:
            answer = {"error": str(error)}
        print(json.dumps(answer, default=str), flush=True)


if __name__ == "__main__":
    main(sys.argv[1])
