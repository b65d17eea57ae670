//! The tree against known answers, and against an independent implementation.

use super::*;
use ct_merkle::mem_backed_tree::MemoryBackedTree;
use ct_merkle::{ConsistencyProof, InclusionProof, RootHash};
use proptest::prelude::*;
use sha2::Sha256;
use std::sync::LazyLock;

/// The leaves that Certificate Transparency's reference implementation has used since 2012.
const LEAVES: [&str; 8] =
    ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"];
const ROOTS: [&str; 9] = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
];
const A: &str = "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7";
const B: &str = "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e";
const C: &str = "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4";
const D: &str = "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b";
const E: &str = "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0";
const F: &str = "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a";

fn from_hex(text: &str) -> Vec<u8> {
    (0..text.len()).step_by(2).map(|at| u8::from_str_radix(&text[at..at + 2], 16).unwrap()).collect()
}

fn to_hex(hashes: &[Hash]) -> Vec<String> {
    hashes.iter().map(|hash| hash.iter().map(|byte| format!("{byte:02x}")).collect()).collect()
}

fn known_log() -> LogReader {
    let (mut log, reader) = open(&Memory::new());
    log.append(&LEAVES.map(from_hex), 0).unwrap();
    reader
}

#[test]
fn roots_are_those_of_the_reference_implementation() {
    let reader = known_log();
    for (size, root) in (0..).zip(ROOTS) {
        assert_eq!(to_hex(&[reader.root_at(size).unwrap()]), [root], "of {size} entries");
    }
}

#[test]
fn inclusion_proofs_are_those_of_the_reference_implementation() {
    let reader = known_log();
    for (sequence, size, proof) in [
        (0, 1, vec![]),
        (0, 8, vec![A, B, C]),
        (5, 8, vec![D, E, ROOTS[4]]),
        (2, 3, vec![ROOTS[2]]),
        (1, 5, vec![ROOTS[1], B, D]),
    ] {
        assert_eq!(to_hex(&reader.inclusion(sequence, size).unwrap()), proof, "of entry {sequence} in {size}");
    }
}

#[test]
fn consistency_proofs_are_those_of_the_reference_implementation() {
    let reader = known_log();
    for (old, new, proof) in
        [(1, 1, vec![]), (0, 8, vec![]), (1, 8, vec![A, B, C]), (6, 8, vec![F, E, ROOTS[4]]), (2, 5, vec![B, D])]
    {
        assert_eq!(to_hex(&reader.consistency(old, new).unwrap()), proof, "from {old} to {new}");
    }
}

#[test]
fn proofs_beyond_the_log_are_refused() {
    let reader = known_log();
    assert!(matches!(reader.inclusion(8, 8), Err(LogError::OutOfRange { .. })));
    assert!(matches!(reader.inclusion(0, 9), Err(LogError::OutOfRange { .. })));
    assert!(matches!(reader.consistency(5, 4), Err(LogError::OutOfRange { .. })));
    assert!(matches!(reader.consistency(0, 9), Err(LogError::OutOfRange { .. })));
    assert!(matches!(reader.root_at(9), Err(LogError::OutOfRange { .. })));
}

#[test]
fn small_logs_have_the_proofs_of_an_independent_implementation_at_every_size() {
    let (_, _, reader) = log_of(70, 9);
    for size in 1..=70 {
        let mut tree = MemoryBackedTree::<Sha256, Vec<u8>>::new();
        entries(0, size).into_iter().for_each(|entry| tree.push(entry));
        assert_eq!(tree.root().as_bytes().as_slice(), reader.root_at(size).unwrap());
        for sequence in 0..size {
            let proof = reader.inclusion(sequence, size).unwrap();
            assert_eq!(proof.concat(), tree.prove_inclusion(sequence as usize).as_bytes());
        }
        for old in 1..size {
            let proof = reader.consistency(old, size).unwrap();
            assert_eq!(proof.concat(), tree.prove_consistency((size - old) as usize).as_bytes());
        }
    }
}

/// Large enough for three levels of tiles; appended in groups that never end on a tile's edge.
const SIZE: u64 = 70_000;
static LARGE: LazyLock<LogReader> = LazyLock::new(|| log_of(SIZE, 1009).2);

#[test]
fn the_root_of_a_large_log_is_that_of_an_independent_implementation() {
    let mut tree = MemoryBackedTree::<Sha256, Vec<u8>>::new();
    entries(0, SIZE).into_iter().for_each(|entry| tree.push(entry));
    assert_eq!(tree.root().as_bytes().as_slice(), LARGE.root());
}

fn any_sizes() -> impl Strategy<Value = (u64, u64)> {
    // Sizes near the edges of tiles are where mistakes live.
    let size = prop_oneof![1..=SIZE, 1_u64..600, 65_500_u64..65_600];
    (size, 0.0..1.0_f64).prop_map(|(size, part)| (size, (size as f64 * part) as u64))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100))]

    #[test]
    fn every_inclusion_proof_convinces_both_verifiers_and_no_altered_one_does(
        (size, sequence) in any_sizes(), at in any::<prop::sample::Index>(), bit in 0_u8..8
    ) {
        let entry = LARGE.entry(sequence).unwrap().unwrap();
        let root = LARGE.root_at(size).unwrap();
        let mut proof = LARGE.inclusion(sequence, size).unwrap();
        prop_assert_eq!(root_from_inclusion(&leaf_hash(&entry), sequence, size, &proof), Some(root));

        let theirs = RootHash::<Sha256>::new(root.into(), size);
        let for_them = InclusionProof::<Sha256>::try_from_bytes(proof.concat()).unwrap();
        prop_assert!(theirs.verify_inclusion(&entry, sequence, &for_them).is_ok());

        prop_assert_ne!(root_from_inclusion(&leaf_hash(b"another"), sequence, size, &proof), Some(root));
        prop_assert_ne!(root_from_inclusion(&leaf_hash(&entry), sequence ^ 1, size, &proof), Some(root));
        if !proof.is_empty() {
            let byte = at.index(proof.len() * 32);
            proof[byte / 32][byte % 32] ^= 1 << bit;
            prop_assert_ne!(root_from_inclusion(&leaf_hash(&entry), sequence, size, &proof), Some(root));
            proof.pop();
            prop_assert_eq!(root_from_inclusion(&leaf_hash(&entry), sequence, size, &proof), None);
        }
    }

    #[test]
    fn every_consistency_proof_convinces_both_verifiers_and_no_altered_one_does(
        (new, old) in any_sizes(), at in any::<prop::sample::Index>(), bit in 0_u8..8
    ) {
        let (from, to) = (LARGE.root_at(old).unwrap(), LARGE.root_at(new).unwrap());
        let mut proof = LARGE.consistency(old, new).unwrap();
        prop_assert!(is_consistent(old, new, &from, &to, &proof));
        if old > 0 {
            let for_them = ConsistencyProof::<Sha256>::try_from_bytes(proof.concat()).unwrap();
            let (from, to) = (RootHash::<Sha256>::new(from.into(), old), RootHash::new(to.into(), new));
            prop_assert!(to.verify_consistency(&from, &for_them).is_ok());
        }
        prop_assert!(!is_consistent(old, new, &from, &leaf_hash(b"another"), &proof) || old == 0);
        if !proof.is_empty() {
            let byte = at.index(proof.len() * 32);
            proof[byte / 32][byte % 32] ^= 1 << bit;
            prop_assert!(!is_consistent(old, new, &from, &to, &proof));
            proof.pop();
            prop_assert!(!is_consistent(old, new, &from, &to, &proof));
        }
    }
}
