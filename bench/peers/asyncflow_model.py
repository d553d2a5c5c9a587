"""For AsyncFlow, the nearest to M/M/1 that it can say: one core, ten milliseconds of work for each of 80 requests a second.
The work is constant, and every edge has a latency; so it is another model, and its mean another one."""

import simpy
from asyncflow.runtime.simulation_runner import SimulationRunner
from asyncflow.schemas.payload import SimulationPayload
from measured import MODELS, arguments, measured

model, seed, requests = arguments()
_, cores, rate, mean_service = MODELS[model]
latency = {"mean": 0.000001, "distribution": "exponential"}
payload = SimulationPayload.model_validate({
    "rqs_input": {
        "id": "callers",
        "avg_active_users": {"mean": rate, "distribution": "poisson"},
        "avg_request_per_minute_per_user": {"mean": 60, "distribution": "poisson"},
        "user_sampling_window": 60,
    },
    "topology_graph": {
        "nodes": {
            "client": {"id": "client"},
            "servers": [{
                "id": "desk",
                "server_resources": {"cpu_cores": cores, "ram_mb": 1024},
                "endpoints": [{
                    "endpoint_name": "serve",
                    "steps": [{"kind": "initial_parsing", "step_operation": {"cpu_time": mean_service}}],
                }],
            }],
        },
        "edges": [
            {"id": "callers-client", "source": "callers", "target": "client", "latency": latency},
            {"id": "client-desk", "source": "client", "target": "desk", "latency": latency},
            {"id": "desk-client", "source": "desk", "target": "client", "latency": latency},
        ],
    },
    "sim_settings": {"total_simulation_time": int(requests / rate), "sample_period_s": 0.1},
})


def run():
    results = SimulationRunner(env=simpy.Environment(), simulation_input=payload).run()
    stats = {str(key.value): value for key, value in results.get_latency_stats().items()}
    return int(stats["total_requests"]), stats["mean"]


measured(run)
