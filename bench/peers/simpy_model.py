"""The models for SimPy: a process per request, a Resource per station."""

import random

import simpy
from measured import MODELS, RETRIES, TIMEOUT_S, arguments, measured

model, seed, requests = arguments()
stations, servers, rate, mean_service = MODELS[model]


def run():
    env = simpy.Environment()
    arrivals, service = random.Random(seed), random.Random(seed + 1)
    resources = [simpy.Resource(env, capacity=servers) for _ in range(stations)]
    count, total = 0, 0.0

    def serve(station):
        with station.request() as turn:
            yield turn
            yield env.timeout(service.expovariate(1.0 / mean_service))

    def rest():
        for station in resources[1:]:
            yield from serve(station)

    def request():
        nonlocal count, total
        began = env.now
        yield from serve(resources[0])
        if model == "chain-timeout":
            for _ in range(1 + RETRIES):
                attempt = env.process(rest())
                yield attempt | env.timeout(TIMEOUT_S)
                if attempt.processed:
                    break
            else:
                return
        else:
            yield from rest()
        count += 1
        total += env.now - began

    def callers():
        for _ in range(requests):
            yield env.timeout(arrivals.expovariate(rate))
            env.process(request())

    env.process(callers())
    env.run()
    return requests, total / max(count, 1)


measured(run)
