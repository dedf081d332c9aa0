"""The terms: about twenty words each, with how the sign is read aloud."""

from __future__ import annotations

from dataclasses import dataclass

from app.explain.model import Text


@dataclass(frozen=True, slots=True)
class Entry:
    id: str
    sign: str
    name: Text
    meaning: Text
    aloud: Text


TERMS: tuple[Entry, ...] = (
    Entry(
        "partial_derivative",
        "∂",
        Text("partial derivative", "편미분"),
        Text(
            "∂E/∂w5 says how many times as much the error moves when w5 alone moves a tiny bit "
            "and everything else stays.",
            "∂E/∂w5는 다른 값은 그대로 두고 w5만 아주 조금 바꿀 때 오차가 그 변화의 몇 배로 "
            "변하는지를 나타냅니다.",
        ),
        Text("“partial E by partial w5”; ∂ is a rounded d", "“라운드 E, 라운드 w5”; ∂는 둥근 d"),
    ),
    Entry(
        "net_input",
        "net",
        Text("net input", "가중합"),
        Text(
            "What a neuron adds up: every input times its weight, plus the bias, before the "
            "activation is applied.",
            "뉴런이 입력마다 가중치를 곱해 더하고 편향까지 더한 값으로, 활성화 함수에 들어가기 "
            "전의 값입니다.",
        ),
        Text("“net h one”", "“넷 h 일”"),
    ),
    Entry(
        "output",
        "out",
        Text("output", "출력"),
        Text(
            "What a neuron sends on: its net input after the activation function; at the last "
            "layer it is the network's answer.",
            "가중합을 활성화 함수에 넣어 얻은, 뉴런이 내보내는 값입니다. 마지막 층에서는 신경망의 "
            "대답이 됩니다.",
        ),
        Text("“out o one”", "“아웃 o 일”"),
    ),
    Entry(
        "activation",
        "f",
        Text("activation", "활성화 함수"),
        Text(
            "The curve that turns a neuron's net input into its output, for example the "
            "S-shaped sigmoid between 0 and 1.",
            "뉴런의 가중합을 출력으로 바꾸는 곡선입니다. 예를 들어 시그모이드는 0과 1 사이의 "
            "S자 곡선입니다.",
        ),
        Text("“f of net”", "“에프 넷”"),
    ),
    Entry(
        "error",
        "E",
        Text("error", "오차"),
        Text(
            "One number for how far the outputs lie from their targets; the total error adds up "
            "all outputs.",
            "출력이 목푯값에서 얼마나 벗어났는지를 나타내는 수이며, 총오차는 모든 출력의 오차를 "
            "더한 값입니다.",
        ),
        Text("“E total”", "“이 토털”"),
    ),
    Entry(
        "target",
        "t",
        Text("target", "목푯값"),
        Text(
            "The number an output should show for this example; it is given with the data and "
            "never changes.",
            "이 샘플에서 출력이 내야 하는 값입니다. 데이터와 함께 주어지며 바뀌지 않습니다.",
        ),
        Text("“target o one”", "“타깃 o 일”"),
    ),
    Entry(
        "delta",
        "δ",
        Text("delta", "델타(δ)"),
        Text(
            "How strongly the error reacts to a neuron's net input; computed once and used for "
            "all of its weights.",
            "뉴런의 가중합이 변할 때 오차가 몇 배로 변하는지를 나타내며, 한 번 구해 그 뉴런의 모든 "
            "가중치에 씁니다.",
        ),
        Text("“delta o one”", "“델타 o 일”"),
    ),
    Entry(
        "gradient",
        "∂E/∂w",
        Text("gradient", "기울기(그레이디언트)"),
        Text(
            "How strongly the error reacts to a weight or bias, and in which direction; all of "
            "them together point uphill.",
            "가중치나 편향이 변할 때 오차가 몇 배로, 어느 쪽으로 변하는지를 나타냅니다. 모두 "
            "모으면 오차가 커지는 방향입니다.",
        ),
        Text("“partial E by partial w”", "“라운드 E, 라운드 w”"),
    ),
    Entry(
        "slope",
        "∂out/∂net",
        Text("slope", "미분값"),
        Text(
            "How steep the activation curve is at the neuron's present point: how much of a "
            "change it passes on.",
            "활성화 함수 곡선의 지금 위치가 얼마나 가파른지, 곧 변화를 몇 배로 전하는지를 "
            "나타냅니다.",
        ),
        Text("“partial out by partial net”", "“라운드 아웃, 라운드 넷”"),
    ),
    Entry(
        "chain_rule",
        "×",
        Text("chain rule", "연쇄 법칙"),
        Text(
            "When one change causes the next, their ratios multiply; when several paths lead to "
            "the same end, they add.",
            "변화가 차례로 이어지면 그 배수를 곱하고, 여러 경로가 한곳에 모이면 더합니다"
            "(합성함수의 미분법).",
        ),
        Text("“times”", "“곱하기”"),
    ),
    Entry(
        "factor",
        "×",
        Text("factor", "인수"),
        Text(
            "One number of a product; in the chain rule each factor is one link from cause to "
            "effect.",
            "곱을 이루는 수 하나를 말하며, 연쇄 법칙에서는 원인과 결과를 잇는 고리 하나하나가 "
            "인수입니다.",
        ),
        Text("“times”", "“곱하기”"),
    ),
    Entry(
        "weight",
        "w",
        Text("weight", "가중치"),
        Text(
            "The number on a connection: what comes in is multiplied by it; learning means "
            "changing the weights.",
            "연결마다 있는 수로, 들어오는 값에 곱해집니다. 학습이란 가중치를 바꾸어 가는 일입니다.",
        ),
        Text("“w five”", "“더블유 오”"),
    ),
    Entry(
        "bias",
        "b",
        Text("bias", "편향"),
        Text(
            "A number that a neuron adds to its sum whatever comes in; here a layer may share one.",
            "입력과 상관없이 뉴런의 가중합에 더해지는 수입니다. 한 층이 함께 쓰기도 합니다.",
        ),
        Text("“b one”", "“비 일”"),
    ),
    Entry(
        "learning_rate",
        "η",
        Text("learning rate", "학습률(η)"),
        Text(
            "How large a step is: each weight moves by the learning rate times its gradient, in "
            "the opposite direction.",
            "걸음의 크기를 정하는 수로, 가중치는 학습률과 기울기의 곱만큼 기울기의 반대쪽으로 "
            "움직입니다.",
        ),
        Text("“eta”", "“에타”"),
    ),
    Entry(
        "forward_pass",
        "→",
        Text("forward pass", "순전파"),
        Text(
            "Computing from left to right: from the inputs through every neuron to the outputs; "
            "no weight changes.",
            "입력에서 뉴런들을 거쳐 출력까지 왼쪽에서 오른쪽으로 계산하는 단계이며, 가중치는 "
            "바뀌지 않습니다.",
        ),
        Text("“forward”", "“순전파”"),
    ),
    Entry(
        "backward_pass",
        "←",
        Text("backward pass", "역전파"),
        Text(
            "Going from the error back to the left, to find how strongly it reacts to each weight.",
            "오차에서 왼쪽으로 거슬러 가며, 오차가 가중치마다 얼마나 반응하는지 구하는 단계입니다.",
        ),
        Text("“backward”", "“역전파”"),
    ),
    Entry(
        "step",
        "",
        Text("step", "스텝"),
        Text(
            "One update: forward pass, error, backward pass, and then every weight moves once.",
            "갱신 1회를 말합니다. 순전파, 오차, 역전파를 거쳐 모든 가중치가 한 번 움직입니다.",
        ),
        Text("“step”", "“스텝”"),
    ),
    Entry(
        "phase",
        "",
        Text("phase", "단계"),
        Text(
            "One of the four parts of a step: forward pass, error, backward pass, update.",
            "스텝을 이루는 네 부분, 곧 순전파 · 오차 · 역전파 · 갱신 가운데 하나입니다.",
        ),
        Text("“phase”", "“단계”"),
    ),
    Entry(
        "epoch",
        "",
        Text("epoch", "에포크"),
        Text(
            "As many steps as it takes until every example of the data has been used once.",
            "데이터의 모든 샘플을 한 번씩 쓸 때까지의 스텝들을 묶어 부르는 말입니다.",
        ),
        Text("“epoch”", "“에포크”"),
    ),
    Entry(
        "batch",
        "",
        Text("batch", "배치"),
        Text(
            "The examples that one step learns from together; their gradients are averaged or "
            "added up.",
            "한 스텝에서 함께 학습하는 샘플 묶음이며, 샘플마다의 기울기를 평균하거나 더해서 "
            "씁니다.",
        ),
        Text("“batch”", "“배치”"),
    ),
    Entry(
        "hidden_layer",
        "h",
        Text("hidden layer", "은닉층"),
        Text(
            "Neurons between inputs and outputs: nobody gives their values, they come out of the "
            "weights.",
            "입력층과 출력층 사이의 뉴런들입니다. 값이 주어지지 않고 가중치에 따라 정해집니다.",
        ),
        Text("“h one”", "“h 일”"),
    ),
    Entry(
        "update",
        "w⁺",
        Text("update", "갱신"),
        Text(
            "Replacing every weight by its new value, w⁺ = w − η × gradient; all of them together "
            "or layer by layer.",
            "모든 가중치를 새 값 w⁺ = w − η × 기울기로 바꾸는 단계입니다. 한꺼번에 또는 층마다 "
            "차례로 바꿉니다.",
        ),
        Text("“w plus”, the new w", "“더블유 플러스”, 새 w"),
    ),
)
