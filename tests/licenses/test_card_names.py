"""Names of licenses as people write them in cards: known, open between several, or unknown."""

import pytest

from openaudit.data import knowledge
from openaudit.licenses.names import NOTHING, Named, resolve


def named(value: str) -> Named:
    known = knowledge()
    return resolve(value, known.licenses, known.tags)


@pytest.mark.parametrize(
    ("value", "license_id"),
    [
        ("Apache 2.0", "Apache-2.0"),
        ("Apache License, Version 2.0", "Apache-2.0"),
        ("the Apache 2.0 license", "Apache-2.0"),
        ("Apache 许可证 2.0", "Apache-2.0"),
        ("MIT License", "MIT"),
        ("the MIT license", "MIT"),
        ("MIT license.", "MIT"),
        ("MIT Licence", "MIT"),
        ("BAAI Aquila Model Licence Agreement", "baai-aquila"),
        ("FAIR Noncommercial Research License v1", "fair-noncommercial-research"),
        ("Llama 3 Community License Agreement", "llama-3"),
        ("META LLAMA 3 COMMUNITY LICENSE AGREEMENT", "llama-3"),
        ("LLaMA 2 license", "llama-2"),
        ("CC BY 4.0", "CC-BY-4.0"),
        ("CC BY-NC 4.0", "CC-BY-NC-4.0"),
        ("Creative Commons Attribution Non Commercial 4.0 International", "CC-BY-NC-4.0"),
        ("Creative Commons Attribution 3.0 Unported", "CC-BY-3.0"),
        ("CC0", "CC0-1.0"),
        ("BigCode OpenRAIL-M v1", "bigcode-openrail-m"),
        ("CreativeML OpenRAIL-M", "creativeml-openrail-m"),
        ("GPLv3", "GPL-3.0-only"),
        ("GPL v3 or later", "GPL-3.0-or-later"),
        ("GNU GPL v2", "GPL-2.0-only"),
        ("AGPLv3", "AGPL-3.0-only"),
        ("LGPL 3.0", "LGPL-3.0-only"),
        ("bsd3", "BSD-3-Clause"),
        ('BSD 2-Clause "Simplified" License', "BSD-2-Clause"),
        ("Open Database License", "ODbL-1.0"),
        ("木兰宽松许可证 第2版", "MulanPSL-2.0"),
        ("通义千问许可协议", "tongyi-qianwen"),
        ("智源Aquila系列模型许可协议", "baai-aquila"),
        ("Gemma Terms of Use", "gemma-2025-03"),
        ("Falcon-180B TII License", "falcon-180b"),
        ("falcon-llm-license", "falcon-llm-2.0"),
        ("Mistral AI Research License", "mrl-0.1"),
        ("mrl", "mrl-0.1"),
        ("DeepSeek License Agreement", "deepseek-1.0"),
        ("Qwen RESEARCH LICENSE AGREEMENT", "qwen-research-2024"),
        ("Stability AI Community License", "stability-community-2024"),
        ("lfm1.0", "lfm-open-1.0"),
    ],
)
def test_a_name_from_a_card_is_known(value: str, license_id: str) -> None:
    assert named(value).id == license_id


@pytest.mark.parametrize(
    ("value", "among"),
    [
        ("OpenRAIL-M", "bigcode-openrail-m"),
        ("OpenRAIL-M v1", "bigscience-openrail-m"),
        ("GPL", "GPL-2.0-only"),
        ("BSD", "BSD-3-Clause"),
        ("CC-BY", "CC-BY-4.0"),
        ("CC-BY-ND", "CC-BY-ND-4.0"),
        ("CC-BY-NC-ND", "CC-BY-NC-ND-4.0"),
        ("Creative Commons", "CC-BY-NC-4.0"),
        ("modified-mit", "kimi-k2-mod-mit"),
        ("Llama Community License", "llama-3.1"),
        ("Tencent Hunyuan Community License Agreement", "hunyuan-video"),
        ("MIT/Apache-2.0", "MIT"),
        ("llama2 or apache-2.0", "llama-2"),
    ],
)
def test_a_name_that_several_licenses_share_names_none_of_them(value: str, among: str) -> None:
    found = named(value)

    assert found.id is None
    assert found.expression is None
    assert among in found.candidates
    assert len(found.candidates) > 1


@pytest.mark.parametrize(
    "value",
    [
        "public domain", "PUBLIC DOMAIN NOTICE", "proprietary", "other", "Apache", "Llama",
        "see LICENSE file", "LICENSE", "LICENSE.md", "research only", "custom license",
        "MIT-like", "MIT (modified)", "MIT, for research", "Apache 2.0 with a use policy",
        "unlicensed", "NOASSERTION", "木兰宽松许可证", "non-commercial", "open source",
        "https://huggingface.co/somebody/llama-7b-hf/blob/main/LICENSE",
    ],
)  # fmt: skip
def test_a_name_of_nothing_in_particular_stays_unknown(value: str) -> None:
    assert named(value) == NOTHING


@pytest.mark.parametrize(
    ("address", "license_id"),
    [
        ("https://mistral.ai/licenses/MRL-0.1.md", "mrl-0.1"),
        ("https://huggingface.co/microsoft/Phi-3-mini-128k-instruct/resolve/main/LICENSE", "MIT"),
        ("https://falconllm.tii.ae/falcon-terms-and-conditions.html", "falcon-llm-2.0"),
        ("https://huggingface.co/Qwen/Qwen2.5-72B/blob/main/LICENSE", "qwen-2024"),
        ("https://huggingface.co/Tencent-Hunyuan/HunyuanDiT/blob/main/LICENSE.txt", "hunyuan-dit"),
        ("https://www.gnu.org/licenses/agpl-3.0.html", "AGPL-3.0-only"),
        ("https://opendatacommons.org/licenses/odbl/1-0/", "ODbL-1.0"),
        ("https://creativecommons.org/licenses/by-sa/3.0/deed.en", "CC-BY-SA-3.0"),
    ],
)
def test_an_address_from_a_card_is_known(address: str, license_id: str) -> None:
    assert named(address).id == license_id
