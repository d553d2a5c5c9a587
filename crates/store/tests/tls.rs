//! PostgreSQL over TLS: a real server that takes nothing else, under a certificate that these tests make.

mod common;

use common::{at, postgres::Postgres};
use rcgen::{CertifiedKey, generate_simple_self_signed};
use seatrial_store::{Role, Store, StoreError};

fn certificate() -> (String, String) {
    let CertifiedKey { cert, signing_key } = generate_simple_self_signed(vec!["127.0.0.1".to_owned()]).expect("a certificate");
    (cert.pem(), signing_key.serialize_pem())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_wants_tls_gets_it_and_its_certificate_is_checked_when_asked() {
    let (certificate, key) = certificate();
    let (another, _) = self::certificate();
    let Some(postgres) = Postgres::start_tls(&certificate, &key).await else { return };
    let folder = tempfile::tempdir().expect("a temporary folder");
    let known = folder.path().join("known.pem");
    let unknown = folder.path().join("unknown.pem");
    std::fs::write(&known, certificate).expect("written");
    std::fs::write(&unknown, another).expect("written");

    // Nothing said: TLS where the server offers it.
    let store = Store::open_url(&postgres.url_by_port("")).await.expect("it prefers TLS");
    store.add_person("Anna", "anna@example.org", "hash", Role::Admin, false, at(0)).await.expect("added");
    store.close().await;
    let checked = format!("sslmode=verify-full&sslrootcert={}", known.display());
    for parameters in ["sslmode=require", &checked] {
        let store = Store::open_url(&postgres.url_by_port(parameters)).await.expect(parameters);
        assert_eq!(store.people().await.expect("read")[0].name, "Anna");
        store.close().await;
    }
    let stranger = format!("sslmode=verify-full&sslrootcert={}", unknown.display());
    for (parameters, say) in [("sslmode=disable", "no encryption"), (&*stranger, "certificate")] {
        let error = Store::open_url(&postgres.url_by_port(parameters)).await.expect_err(parameters);
        assert!(matches!(error, StoreError::Unreachable { .. }), "{error:?}");
        assert!(error.to_string().contains(say), "{error}");
    }
}
