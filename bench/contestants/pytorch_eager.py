"""PyTorch as its tutorials show it: modules, autograd, an optimizer, eagerly."""

from __future__ import annotations

import os

import numpy as np
import torch

from bench.contestant import Made, Run
from bench.workloads import Floats, Workload, flat

ACTIVATIONS = {"sigmoid": torch.nn.Sigmoid, "tanh": torch.nn.Tanh, "relu": torch.nn.ReLU}


class Eager:
    def version(self) -> str:
        torch.set_num_threads(int(os.environ["OMP_NUM_THREADS"]))
        return str(torch.__version__)

    def prepare(self, workload: Workload, *, record: bool) -> Run | None:
        if record and workload.rows > 1:
            return None
        inputs, targets = torch.from_numpy(workload.inputs), torch.from_numpy(workload.targets)

        def run(steps: int) -> Made:
            linears, model = built(workload)
            moving = [p for p in model.parameters() if p.requires_grad]
            optimizer = torch.optim.SGD(moving, lr=workload.rate)
            criterion = torch.nn.MSELoss(reduction="sum")
            half = 0.5 / workload.rows
            if record:
                return recorded_run(steps, workload, linears, optimizer, inputs, targets)
            for _ in range(steps):
                optimizer.zero_grad()
                loss = half * criterion(model(inputs), targets)
                loss.backward()
                optimizer.step()
            return Made(lambda: parameters_of(linears))

        return run


def built(workload: Workload) -> tuple[list[torch.nn.Linear], torch.nn.Sequential]:
    linears = []
    parts: list[torch.nn.Module] = []
    for matrix, bias, name in zip(
        workload.weights, workload.biases, workload.activations, strict=True
    ):
        linear = torch.nn.Linear(matrix.shape[1], matrix.shape[0], dtype=torch.float64)
        linear.weight.data = torch.from_numpy(matrix.copy())
        linear.bias.data = torch.from_numpy(bias.copy())
        linear.bias.requires_grad_(workload.train_biases)
        linears.append(linear)
        parts += [linear, ACTIVATIONS[name]()]
    return linears, torch.nn.Sequential(*parts)


def recorded_run(
    steps: int,
    workload: Workload,
    linears: list[torch.nn.Linear],
    optimizer: torch.optim.Optimizer,
    inputs: torch.Tensor,
    targets: torch.Tensor,
) -> Made:
    """Every value of every update, kept in one array made beforehand; sigmoid only."""
    rows = torch.empty((steps, workload.columns), dtype=torch.float64)
    for step in range(steps):
        optimizer.zero_grad()
        nets, outs = [], []
        out = inputs
        for linear in linears:
            net = linear(out)
            out = torch.sigmoid(net)
            net.retain_grad()
            out.retain_grad()
            nets.append(net)
            outs.append(out)
        errors = 0.5 * (targets - out) ** 2
        loss = errors.sum()
        loss.backward()
        optimizer.step()
        with torch.no_grad():
            kept = [
                *nets,
                *outs,
                *(o.grad for o in outs),
                *(o * (1.0 - o) for o in outs),
                *(n.grad for n in nets),
                errors,
                loss,
                *(linear.weight.grad for linear in linears),
                *(linear.weight for linear in linears),
            ]
            torch.cat([part.reshape(-1) for part in kept], out=rows[step])
    return Made(lambda: parameters_of(linears), lambda: np.asarray(rows[-1].numpy()))


def parameters_of(linears: list[torch.nn.Linear]) -> Floats:
    weights = [linear.weight.detach().numpy() for linear in linears]
    return flat(weights, [linear.bias.detach().numpy() for linear in linears])


CONTESTANT = Eager()
