//! Passwords and tokens. A token is shown once; only its hash is kept.

use argon2::{
    Argon2,
    password_hash::{PasswordHasher, PasswordVerifier, phc::PasswordHash},
};
use sha2::{Digest, Sha256};

/// Characters that a password must have at least (NIST SP 800-63B asks for 8; an interview record deserves more).
pub const PASSWORD_CHARS_MIN: usize = 10;

/// A fresh token of 256 bits, as 64 hex digits.
///
/// # Panics
/// When the system has no randomness to give: nothing secret can be made then.
pub fn new_token() -> String {
    let mut bytes = [0u8; 32];
    getrandom::fill(&mut bytes).expect("the operating system gives randomness");
    hex(&bytes)
}

/// What is kept of a token. A plain hash will do: 256 random bits cannot be guessed from it.
pub fn token_hash(token: &str) -> String {
    hex(&Sha256::digest(token.as_bytes()))
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|b| format!("{b:02x}")).collect()
}

/// Slow by design; call it off the request's thread.
///
/// # Errors
/// When the hasher cannot work, which only a lack of memory causes.
pub fn hash_password(password: &str) -> Result<String, String> {
    Argon2::default().hash_password(password.as_bytes()).map(|h| h.to_string()).map_err(|e| e.to_string())
}

/// Slow by design. Takes as long for an unknown person (`hash` empty) as for a known one.
pub fn verify_password(password: &str, hash: &str) -> bool {
    let Ok(parsed) = PasswordHash::new(hash) else {
        let _ = hash_password(password);
        return false;
    };
    Argon2::default().verify_password(password.as_bytes(), &parsed).is_ok()
}
