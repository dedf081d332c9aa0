"""Sentences of the gradients: all factors multiplied, biases, the examples of a batch."""

from __future__ import annotations

from app.explain.model import Text

TEMPLATES: dict[str, Text] = {
    # -- dE/dw, all factors in full ----------------------------------------------------------
    "dE/dw.output.rises": Text(
        "Raise {weight} a tiny bit and {net_name} moves {source} times as much{source_way}, "
        "{out_name} {slope} times that{slope_way}, the error {gap} times that{gap_way}; "
        "multiplied, the error rises {size} times as much as {weight}.",
        "{weight:을} 아주 조금 키우면 {net_name:은} {source_way}그 {source}배, {out_name:은} "
        "{slope_way}다시 그 {slope}배, 총오차는 {gap_way}또 그 {gap}배로 변하므로, 총오차는 "
        "{weight:이} 변한 양의 {size}배만큼 커집니다.",
    ),
    "dE/dw.output.falls": Text(
        "Raise {weight} a tiny bit and {net_name} moves {source} times as much{source_way}, "
        "{out_name} {slope} times that{slope_way}, the error {gap} times that{gap_way}; "
        "multiplied, the error falls {size} times as much as {weight}.",
        "{weight:을} 아주 조금 키우면 {net_name:은} {source_way}그 {source}배, {out_name:은} "
        "{slope_way}다시 그 {slope}배, 총오차는 {gap_way}또 그 {gap}배로 변하므로, 총오차는 "
        "{weight:이} 변한 양의 {size}배만큼 작아집니다.",
    ),
    "dE/dw.hidden.rises": Text(
        "Raise {weight} a tiny bit and the error rises {size} times as much: {gap} ({paths}) × "
        "{slope} (slope at {neuron}) × {source} ({source_label}).",
        "{weight:을} 아주 조금 키우면 총오차는 그 변화의 {size}배만큼 커지는데, 이 배수는 "
        "{gap}({paths}) × {slope}({neuron}의 미분값) × {source}({source_label})의 곱입니다.",
    ),
    "dE/dw.hidden.falls": Text(
        "Raise {weight} a tiny bit and the error falls {size} times as much: {gap} ({paths}) × "
        "{slope} (slope at {neuron}) × {source} ({source_label}).",
        "{weight:을} 아주 조금 키우면 총오차는 그 변화의 {size}배만큼 작아지는데, 이 배수는 "
        "{gap}({paths}) × {slope}({neuron}의 미분값) × {source}({source_label})의 곱에서 나옵니다.",
    ),
    "dE/dw.hidden.rises.weak": Text(
        "Raise {weight} a tiny bit and the error rises only {size} times as much: {gap} ({paths}) "
        "× {slope} (slope at {neuron}) × {source} ({source_label}), about 1/{ratio} of what "
        "{stronger} does.",
        "{weight:을} 아주 조금 키우면 총오차는 그 변화의 {size}배만큼만 커지는데, 이 배수는 "
        "{gap}({paths}) × {slope}({neuron}의 미분값) × {source}({source_label})의 곱으로, "
        "{stronger}일 때의 약 {ratio}분의 1입니다.",
    ),
    "dE/dw.hidden.falls.weak": Text(
        "Raise {weight} a tiny bit and the error falls only {size} times as much: {gap} ({paths}) "
        "× {slope} (slope at {neuron}) × {source} ({source_label}), about 1/{ratio} of what "
        "{stronger} does.",
        "{weight:을} 아주 조금 키우면 총오차는 그 변화의 {size}배만큼만 작아지는데, 이 배수는 "
        "{gap}({paths}) × {slope}({neuron}의 미분값) × {source}({source_label})의 곱에서 나오며, "
        "{stronger}일 때의 약 {ratio}분의 1입니다.",
    ),
    "dE/dw.first.rises": Text(
        "{delta} is known already and {weight} is multiplied by what comes in: {work} = {result}; "
        "raise {weight} a tiny bit and the error rises {size} times as much.",
        "이미 구한 {delta}에 들어오는 값을 곱하면 {work} = {result}이므로, {weight:을} 아주 조금 "
        "키우면 총오차는 그 변화의 {size}배만큼 커집니다.",
    ),
    "dE/dw.first.falls": Text(
        "{delta} is known already and {weight} is multiplied by what comes in: {work} = {result}; "
        "raise {weight} a tiny bit and the error falls {size} times as much.",
        "이미 구한 {delta}에 들어오는 값을 곱하면 {work} = {result}이므로, {weight:을} 아주 조금 "
        "키우면 총오차는 그 변화의 {size}배만큼 작아집니다.",
    ),
    "dE/dw.sibling.rises": Text(
        "{weight} shares {delta} with {first}, only the last factor differs: {work} = {result}; "
        "raise {weight} a tiny bit and the error rises {size} times as much.",
        "{weight}에는 {first:과} 같은 {delta:이} 쓰이고 마지막 인수만 달라 {work} = "
        "{result}이므로, {weight:을} 아주 조금 키우면 총오차는 그 변화의 {size}배만큼 커집니다.",
    ),
    "dE/dw.sibling.falls": Text(
        "{weight} shares {delta} with {first}, only the last factor differs: {work} = {result}; "
        "raise {weight} a tiny bit and the error falls {size} times as much.",
        "{weight}에는 {first:과} 같은 {delta:이} 쓰이고 마지막 인수만 달라 {work} = "
        "{result}이므로, {weight:을} 아주 조금 키우면 총오차는 그 변화의 {size}배만큼 작아집니다.",
    ),
    "dE/dw.zero": Text(
        "This factor is {zero}, so nothing gets through: {weight} has no effect now.",
        "이 인수의 값은 {zero}이므로 변화가 전해지지 않고, 지금 {weight:은} 총오차에 영향을 주지 "
        "않습니다.",
    ),
    "dE/dw.zero.note": Text("Which one: {factor}.", "어느 인수인가: {factor}."),
    "dE/dw.underflow": Text(
        "The factors of {weight} are so small that their product is {zero} in the computer's "
        "digits: {weight} has no effect now.",
        "인수들이 너무 작아 그 곱은 컴퓨터의 자릿수로 {zero}이므로, 지금 {weight:은} 총오차에 "
        "영향을 주지 않습니다.",
    ),
    "dE/dw.words": Text("{gap} × {slope} × {source}", "{gap} × {slope} × {source}"),
    "dE/dw.sibling.words": Text("{delta} × {source}", "{delta} × {source}"),
    "dE/dw.why.question": Text("Why multiply?", "왜 곱할까요?"),
    "dE/dw.why.answer": Text(
        "Gears in a row: ratios multiply.",
        "톱니바퀴가 이어지면 회전 비율이 곱해지는 것과 같습니다.",
    ),
    # -- dE/db -------------------------------------------------------------------------------
    "dE/db.one.rises": Text(
        "Raise {bias} a tiny bit and {net_name} rises just as much; so the error rises {size} "
        "times as much, which is {delta} itself.",
        "{bias:을} 아주 조금 키우면 {net_name}도 똑같이 커지므로, 총오차는 그 변화의 {size}배만큼 "
        "커지며 이 배수는 {delta} 그대로입니다.",
    ),
    "dE/db.one.falls": Text(
        "Raise {bias} a tiny bit and {net_name} rises just as much; so the error falls {size} "
        "times as much, which is the size of {delta}.",
        "{bias:을} 아주 조금 키우면 {net_name}도 똑같이 커지므로, 총오차는 그 변화의 {size}배만큼 "
        "작아지며 이 배수는 {delta}의 크기입니다.",
    ),
    "dE/db.shared.rises": Text(
        "{bias} enters every neuron of its layer, so their deltas are added: {sum} = {result}; "
        "raise {bias} a tiny bit and the error rises {size} times as much.",
        "{bias:은} 이 층의 모든 뉴런에 들어가므로 델타를 모두 더하면 {sum} = {result}이고, "
        "{bias:을} 아주 조금 키우면 총오차는 그 변화의 {size}배만큼 커집니다.",
    ),
    "dE/db.shared.falls": Text(
        "{bias} enters every neuron of its layer, so their deltas are added: {sum} = {result}; "
        "raise {bias} a tiny bit and the error falls {size} times as much.",
        "{bias:은} 이 층의 모든 뉴런에 들어가므로 델타를 모두 더하면 {sum} = {result}이고, "
        "{bias:을} 아주 조금 키우면 총오차는 그 변화의 {size}배만큼 작아집니다.",
    ),
    "dE/db.zero": Text(
        "{bias} has no effect on the error now: its gradient is {zero}.",
        "지금 {bias:은} 총오차에 영향을 주지 않으며, 기울기의 값은 {zero}입니다.",
    ),
    "dE/db.one.words": Text("{delta} × 1", "{delta} × 1"),
    "dE/db.shared.words": Text("the deltas of the layer, added up", "이 층의 델타를 모두 더한 값"),
    "dE/db.frozen": Text(
        "Known, but not used: the biases of this network are not trained.",
        "값은 알 수 있지만 쓰지 않습니다. 이 신경망은 편향을 학습하지 않습니다.",
    ),
    # -- the batch ---------------------------------------------------------------------------
    "batch.mean.rises": Text(
        "Each of the {count} examples has its own gradient; on average, if {parameter} rises a "
        "tiny bit, the batch error rises {size} times as much.",
        "샘플 {count}개의 기울기를 평균하면, {parameter:이} 아주 조금 커질 때 배치 오차는 그 "
        "변화의 {size}배만큼 커집니다.",
    ),
    "batch.mean.falls": Text(
        "Each of the {count} examples has its own gradient; on average, if {parameter} rises a "
        "tiny bit, the batch error falls {size} times as much.",
        "샘플 {count}개의 기울기를 평균하면, {parameter:이} 아주 조금 커질 때 배치 오차는 그 "
        "변화의 {size}배만큼 작아집니다.",
    ),
    "batch.sum.rises": Text(
        "Each of the {count} examples has its own gradient; added up, if {parameter} rises a tiny "
        "bit, the batch error rises {size} times as much.",
        "샘플 {count}개의 기울기를 더하면, {parameter:이} 아주 조금 커질 때 배치 오차는 그 변화의 "
        "{size}배만큼 커집니다.",
    ),
    "batch.sum.falls": Text(
        "Each of the {count} examples has its own gradient; added up, if {parameter} rises a tiny "
        "bit, the batch error falls {size} times as much.",
        "샘플 {count}개의 기울기를 더하면, {parameter:이} 아주 조금 커질 때 배치 오차는 그 변화의 "
        "{size}배만큼 작아집니다.",
    ),
    "batch.zero": Text(
        "Over the {count} examples the gradients of {parameter} come to {size}: it has no effect "
        "on the batch error now.",
        "샘플 {count}개를 모으면 {parameter}의 기울기는 {size}이고, 지금은 배치 오차에 영향을 주지 "
        "않습니다.",
    ),
    "batch.mean.words": Text(
        "the gradients of all examples, averaged", "모든 샘플의 기울기를 평균한 값"
    ),
    "batch.sum.words": Text(
        "the gradients of all examples, added up", "모든 샘플의 기울기를 더한 값"
    ),
}
