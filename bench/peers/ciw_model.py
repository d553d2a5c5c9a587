"""The models for Ciw: a network of nodes. It has no time-out with a second attempt while the first is served on."""

import sys

import ciw
from measured import MODELS, arguments, measured

model, seed, requests = arguments()
if model == "chain-timeout":
    sys.exit("Ciw has no such time-out")
stations, servers, rate, mean_service = MODELS[model]


def run():
    nodes = range(stations)
    network = ciw.create_network(
        arrival_distributions=[ciw.dists.Exponential(rate) if node == 0 else None for node in nodes],
        service_distributions=[ciw.dists.Exponential(1.0 / mean_service) for _ in nodes],
        routing=[[1.0 if to == node + 1 else 0.0 for to in nodes] for node in nodes],
        number_of_servers=[servers for _ in nodes],
    )
    ciw.seed(seed)
    simulation = ciw.Simulation(network)
    simulation.simulate_until_max_customers(requests, method="Finish")
    began, ended = {}, {}
    for record in simulation.get_all_records():
        began[record.id_number] = min(record.arrival_date, began.get(record.id_number, record.arrival_date))
        ended[record.id_number] = max(record.exit_date, ended.get(record.id_number, 0.0))
    return requests, sum(ended[who] - began[who] for who in began) / max(len(began), 1)


measured(run)
