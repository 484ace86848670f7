"""Writes models of Debian's PyTorch as ONNX into a folder: MLPs, 1D and 2D CNNs with batch norm, depthwise, residual, branches."""
import sys
import torch
from torch import nn

torch.manual_seed(7)
torch.set_num_threads(1)


class Residual(nn.Module):
    def __init__(self, c):
        super().__init__()
        self.a = nn.Sequential(nn.Conv2d(c, c, 3, padding=1, bias=False), nn.BatchNorm2d(c), nn.ReLU(),
            nn.Conv2d(c, c, 3, padding=1, bias=False), nn.BatchNorm2d(c))

    def forward(self, x):
        return torch.relu(x + self.a(x))


class Mean(nn.Module):
    def forward(self, x):
        return x.mean(dim=(2, 3))


class View(nn.Module):
    def forward(self, x):
        return x.view(x.size(0), -1)


class Cat(nn.Module):
    def __init__(self, c):
        super().__init__()
        self.a, self.b = nn.Conv1d(c, 3, 3, padding=1), nn.Conv1d(c, 4, 5, padding=2)

    def forward(self, x):
        return torch.relu(torch.cat([self.a(x), self.b(x)], dim=1))


models = {
    "mlp": (nn.Sequential(nn.Linear(11, 16), nn.ReLU(), nn.Linear(16, 8), nn.ReLU(), nn.Linear(8, 3)), (1, 11)),
    "mlp-batch": (nn.Sequential(
        nn.Linear(11, 16), nn.BatchNorm1d(16), nn.LeakyReLU(0.1), nn.Dropout(0.2), nn.Linear(16, 3), nn.Softmax(dim=1)), (1, 11)),
    "cnn1d": (nn.Sequential(
        nn.Conv1d(3, 8, 5, padding=2), nn.BatchNorm1d(8), nn.ReLU(), nn.MaxPool1d(2), nn.Conv1d(8, 8, 3, stride=2), nn.BatchNorm1d(8),
        nn.ReLU(), nn.AdaptiveAvgPool1d(1), nn.Flatten(), nn.Linear(8, 4)), (1, 3, 40)),
    "cnn2d": (nn.Sequential(
        nn.Conv2d(1, 4, 3, padding=1), nn.BatchNorm2d(4), nn.ReLU(), nn.MaxPool2d(2), nn.Conv2d(4, 8, 3), nn.BatchNorm2d(8), nn.ELU(),
        nn.AvgPool2d(2), View(), nn.Linear(72, 5)), (1, 1, 16, 16)),
    "depthwise": (nn.Sequential(
        nn.Conv2d(3, 6, 3, stride=2, padding=1), nn.BatchNorm2d(6), nn.ReLU6(), nn.Conv2d(6, 6, 3, padding=1, groups=6),
        nn.BatchNorm2d(6), nn.ReLU6(), nn.Conv2d(6, 10, 1), nn.ReLU(), Mean(), nn.Linear(10, 3)), (1, 3, 14, 12)),
    "residual": (nn.Sequential(
        nn.Conv2d(2, 5, 3, padding=1), nn.ReLU(), Residual(5), nn.MaxPool2d(2), Residual(5), nn.AdaptiveAvgPool2d(1), nn.Flatten(),
        nn.Linear(5, 4), nn.LogSoftmax(dim=1)), (1, 2, 10, 10)),
    "branches": (nn.Sequential(Cat(3), nn.MaxPool1d(2), Cat(7), nn.Flatten(), nn.Linear(70, 3)), (1, 3, 20)),
    "hardtanh": (nn.Sequential(nn.Linear(6, 9), nn.Hardtanh(-0.5, 0.7), nn.Linear(9, 2)), (1, 6)),
    "pools": (nn.Sequential(
        nn.Conv2d(2, 4, 3), nn.ReLU(), nn.AvgPool2d(3, 2, padding=1), nn.MaxPool2d(3, 2, padding=1, ceil_mode=True), nn.Flatten(),
        nn.Linear(36, 3)), (1, 2, 9, 9)),
    "dilated": (nn.Sequential(
        nn.Conv1d(2, 6, 3, dilation=4, padding=4), nn.ReLU(), nn.Conv1d(6, 6, 3, dilation=2), nn.ReLU(), nn.AdaptiveAvgPool1d(1), View(),
        nn.Linear(6, 2)), (1, 2, 33)),
}

for name, (model, shape) in models.items():
    for module in model.modules():
        if isinstance(module, (nn.BatchNorm1d, nn.BatchNorm2d)):
            nn.init.uniform_(module.weight, 0.5, 1.5)
            nn.init.uniform_(module.bias, -0.3, 0.3)
            nn.init.uniform_(module.running_mean, -0.3, 0.3)
            nn.init.uniform_(module.running_var, 0.5, 1.5)
    for opset in (11, 13):
        torch.onnx.export(model.eval(), torch.randn(shape), f"{sys.argv[1]}/{name}-{opset}-{'x'.join(map(str, shape))}.onnx",
            opset_version=opset, input_names=["x"], dynamic_axes={"x": {0: "N"}} if opset == 13 else None)

import make_torch_recurrent  # noqa: E402,F401: one start of PyTorch writes both
