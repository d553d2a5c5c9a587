"""What each model prints: one run as JSON, with CPU seconds of the simulation alone (no start of the interpreter)."""

import json
import sys
import time

#: Per model: stations, servers at each, arrivals per second, mean service in seconds.
MODELS = {"mm1": (1, 1, 80.0, 0.010), "chain": (3, 4, 28.0, 0.100), "chain-timeout": (3, 4, 28.0, 0.100)}
TIMEOUT_S = 3.0
RETRIES = 2


def arguments():
    model, seed = sys.argv[1], int(sys.argv[2])
    return model, seed, int(sys.argv[3]) if len(sys.argv) > 3 else 1_000_000


def peak_kib():
    with open("/proc/self/status", encoding="ascii") as status:
        return next((int(line.split()[1]) for line in status if line.startswith("VmHWM:")), 0)


def measured(run):
    """`run` simulates and gives (requests, mean time to an answer in seconds)."""
    began = time.process_time()
    requests, mean_s = run()
    print(json.dumps({
        "cpu_s": time.process_time() - began,
        "peak_kib": peak_kib(),
        "requests": requests,
        "mean_s": mean_s,
    }))
