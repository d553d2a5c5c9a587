//! Warnings on how texts are written: lengths that read badly aloud, and product names where mechanisms
//! belong. None of them keeps a kit from loading.

use std::ops::RangeInclusive;

use seatrial_source::{Fields, Span, Spanned};

/// Products that a candidate need not have used to know the mechanism. Spelt as they spell themselves: some
/// are words of the language otherwise.
const PRODUCTS: &[&str] = &[
    "ActiveMQ",
    "Airflow",
    "Ansible",
    "ArgoCD",
    "Argo",
    "AWS",
    "Azure",
    "BigQuery",
    "Camunda",
    "Cassandra",
    "Celery",
    "CockroachDB",
    "Consul",
    "Cypress",
    "Datadog",
    "Debezium",
    "Docker",
    "DynamoDB",
    "ECS",
    "EKS",
    "Elasticsearch",
    "Envoy",
    "Eureka",
    "Flink",
    "Flyway",
    "GCP",
    "GKE",
    "Grafana",
    "Hazelcast",
    "Helm",
    "Honeycomb",
    "Hystrix",
    "Istio",
    "Jaeger",
    "Jenkins",
    "Kafka",
    "Keycloak",
    "Kibana",
    "Kinesis",
    "Kong",
    "Kubernetes",
    "Lambda",
    "LaunchDarkly",
    "Linkerd",
    "Liquibase",
    "MariaDB",
    "Memcached",
    "MongoDB",
    "MySQL",
    "NATS",
    "New Relic",
    "Nginx",
    "Nomad",
    "OpenShift",
    "Oracle",
    "PagerDuty",
    "Pact",
    "Polly",
    "Postgres",
    "PostgreSQL",
    "Prometheus",
    "Pulsar",
    "RabbitMQ",
    "Redis",
    "Resilience4j",
    "Sentry",
    "Snowflake",
    "Spanner",
    "Spinnaker",
    "Splunk",
    "Spring",
    "SQS",
    "SNS",
    "Stripe",
    "Temporal",
    "Terraform",
    "Testcontainers",
    "Vault",
    "WireMock",
    "Zipkin",
    "ZooKeeper",
    "etcd",
];

/// Warns of each product named in a text.
pub(super) fn no_products(f: &Fields<'_>, text: &Spanned<String>) {
    let Some(source) = f.at().report.sources().get(f.at().file) else {
        return;
    };
    let written = source
        .text()
        .get(text.span.start..text.span.end)
        .unwrap_or("");
    for product in PRODUCTS
        .iter()
        .filter(|product| find_word(&text.value, product).is_some())
    {
        let span = find_word(written, product).map_or(text.span, |at| {
            let start = text.span.start + at;
            Span::new(start, start + product.len())
        });
        let message = format!("{product} is a product; signals and rubrics name mechanisms");
        f.warn(
            span,
            "product-name",
            message,
            "say what it does, so that any equivalent counts the same",
        );
    }
}

/// Byte at which a whole word starts.
fn find_word(text: &str, word: &str) -> Option<usize> {
    let inside = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    text.match_indices(word).map(|(at, _)| at).find(|&at| {
        let before = text.get(..at).and_then(|head| head.chars().next_back());
        let after = text
            .get(at + word.len()..)
            .and_then(|tail| tail.chars().next());
        !inside(before) && !inside(after)
    })
}

/// Warns of a text with fewer or more words than it should have.
pub(super) fn word_count(
    f: &Fields<'_>,
    key: &str,
    text: &Spanned<String>,
    words: RangeInclusive<usize>,
) {
    let count = text.value.split_whitespace().count();
    if text.value.is_empty() || words.contains(&count) {
        return;
    }
    let (least, most) = (words.start(), words.end());
    let wanted = if *least > 1 {
        format!("between {least} and {most}")
    } else {
        format!("at most {most}")
    };
    let message = format!("`{key}` has {} words; it should have {wanted}", count);
    f.warn(
        f.key(key),
        "word-count",
        message,
        if count < *least {
            "say more"
        } else {
            "say it shorter"
        },
    );
}

/// Warns of a list with fewer or more items than read well.
pub(super) fn list_size(f: &Fields<'_>, key: &str, count: usize, sizes: RangeInclusive<usize>) {
    // An empty list has already been reported, and louder.
    if count == 0 || sizes.contains(&count) {
        return;
    }
    let message = format!(
        "`{key}` has {count} items; it should have {} to {}",
        sizes.start(),
        sizes.end()
    );
    f.warn(f.key(key), "list-size", message, "");
}
