//! The scenarios of `validation/`, as they are embedded. `seatrial run validation/erlang-c.yaml` runs the same text.

/// Name and text.
pub const FILES: &[(&str, &str)] = &[
    ("adaptive-throttling", include_str!("../../../validation/adaptive-throttling.yaml")),
    ("erlang-a", include_str!("../../../validation/erlang-a.yaml")),
    ("erlang-c", include_str!("../../../validation/erlang-c.yaml")),
    ("jitter", include_str!("../../../validation/jitter.yaml")),
    ("littles-law", include_str!("../../../validation/littles-law.yaml")),
    ("maximum-of-n", include_str!("../../../validation/maximum-of-n.yaml")),
    ("metastable-retries", include_str!("../../../validation/metastable-retries.yaml")),
    ("mmck", include_str!("../../../validation/mmck.yaml")),
    ("pollaczek-khinchine", include_str!("../../../validation/pollaczek-khinchine.yaml")),
    ("retry-amplification", include_str!("../../../validation/retry-amplification.yaml")),
    ("tail-at-scale", include_str!("../../../validation/tail-at-scale.yaml")),
    ("token-bucket", include_str!("../../../validation/token-bucket.yaml")),
    ("two-choices", include_str!("../../../validation/two-choices.yaml")),
];

pub(crate) fn text(name: &str) -> Option<&'static str> {
    FILES.iter().find(|(known, _)| *known == name).map(|(_, text)| *text)
}
