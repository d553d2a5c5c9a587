//! The manifests that are shipped for a cluster say what this binary takes, and agree with themselves.

use std::fs;

use seatrial_source::{At, Node, Report, Sources, Value, read_yaml};
use tempfile::tempdir;

use crate::run::{repository, run};

/// The documents of a manifest.
fn documents(name: &str) -> Vec<Node> {
    let text = fs::read_to_string(repository().join("docs/deploy").join(name)).unwrap();
    let read = |text: &str| {
        let files = [("manifest.yaml".to_owned(), text.as_bytes().to_vec())].into();
        let sources = Sources::new(&files);
        let report = Report::new(&sources);
        let node = read_yaml(At::new(&report, "manifest.yaml"));
        let mistakes = report.finish(9);
        node.filter(|_| mistakes.is_empty()).unwrap_or_else(|| panic!("{name}: {mistakes:?}"))
    };
    text.split("\n---\n").map(read).collect()
}

#[track_caller]
fn at<'n>(node: &'n Node, path: &str) -> &'n Node {
    path.split('.').filter(|key| !key.is_empty()).fold(node, |node, key| match (&node.value, key.parse::<usize>()) {
        (Value::Seq(items), Ok(place)) => &items[place],
        _ => node.get(key).unwrap_or_else(|| panic!("no `{key}` of `{path}`")),
    })
}

#[track_caller]
fn text<'n>(node: &'n Node, path: &str) -> &'n str {
    match &at(node, path).value {
        Value::Scalar(scalar) => &scalar.text,
        other => panic!("{path}: {other:?}"),
    }
}

fn args(job: &Node) -> Vec<String> {
    let Value::Seq(items) = &at(job, "spec.template.spec.containers.0.args").value else { panic!("no arguments") };
    items.iter().map(|item| text(item, "").to_owned()).collect()
}

fn job(name: &str) -> Node {
    let found = documents(name).into_iter().find(|node| text(node, "kind") == "Job");
    found.unwrap_or_else(|| panic!("no job in {name}"))
}

#[test]
fn each_pod_of_the_sweep_has_a_command_that_this_binary_takes_and_together_they_have_all_parts() {
    let sweep = job("sweep-job.yaml");
    assert_eq!((text(&sweep, "apiVersion"), text(&sweep, "spec.completionMode")), ("batch/v1", "Indexed"));
    let completions: usize = text(&sweep, "spec.completions").parse().unwrap();
    assert!(text(&sweep, "spec.parallelism").parse::<usize>().unwrap() <= completions);
    let folder = tempdir().unwrap();
    let (mut own, mut all) = (0, 0);
    for index in 0..completions {
        let mut args: Vec<String> = args(&sweep).iter().map(|arg| arg.replace("$(JOB_COMPLETION_INDEX)", &index.to_string())).collect();
        assert!(args.contains(&format!("--shard={index}/{completions}")), "{args:?}");
        args.push("--dry-run".into());
        let ran = run(folder.path(), &args.iter().map(String::as_str).collect::<Vec<_>>());
        assert_eq!((ran.code, ran.stderr.as_str()), (0, ""));
        let numbers: Vec<usize> = ran.text().replace(',', "").split(' ').filter_map(|word| word.parse().ok()).collect();
        let [_, _, parts, mine] = numbers[..] else { panic!("{}", ran.text()) };
        own += mine;
        all = parts;
    }
    assert_eq!(own, all);
    let too_far: Vec<String> = args(&sweep).iter().map(|arg| arg.replace("$(JOB_COMPLETION_INDEX)", &completions.to_string())).collect();
    assert_eq!(run(folder.path(), &too_far.iter().map(String::as_str).collect::<Vec<_>>()).code, 2);
}

#[test]
fn what_the_pods_write_is_what_the_second_job_reads() {
    let (sweep, reduce) = (job("sweep-job.yaml"), job("reduce-job.yaml"));
    let pod = "spec.template.spec.containers.0";
    assert_eq!(text(&sweep, &format!("{pod}.image")), text(&reduce, &format!("{pod}.image")));
    let version = text(&sweep, &format!("{pod}.image")).rsplit(':').next().unwrap();
    assert_eq!(version, env!("CARGO_PKG_VERSION"));
    for job in [&sweep, &reduce] {
        let mounted = text(job, &format!("{pod}.volumeMounts.0.mountPath"));
        assert_eq!(text(job, &format!("{pod}.volumeMounts.0.name")), text(job, "spec.template.spec.volumes.0.name"));
        let written = args(job).into_iter().filter_map(|arg| arg.split_once("=/").map(|(_, path)| format!("/{path}")));
        assert!(written.into_iter().all(|path| path.starts_with(&format!("{mounted}/"))));
    }
    let claim = documents("sweep-job.yaml").into_iter().find(|node| text(node, "kind") == "PersistentVolumeClaim").unwrap();
    for job in [&sweep, &reduce] {
        assert_eq!(text(job, "spec.template.spec.volumes.0.persistentVolumeClaim.claimName"), text(&claim, "metadata.name"));
    }
    // The same commands over a small system, in a folder of the test.
    let folder = tempdir().unwrap();
    fs::copy(repository().join("crates/study/tests/small.yaml"), folder.path().join("small.yaml")).unwrap();
    let parts = folder.path().join("parts");
    fs::create_dir(&parts).unwrap();
    let here = |args: Vec<String>| -> Vec<String> { args.iter().map(|arg| arg.replace("/parts/", &format!("{}/", parts.display()))).collect() };
    for index in 0..8 {
        let mut own: Vec<String> = ["sweep", "small.yaml", "--vary=again", "--vary=watch", "--seeds=3"].map(str::to_owned).to_vec();
        let kept = here(args(&sweep)).into_iter().filter(|arg| arg.starts_with("--parts") || arg.starts_with("--shard"));
        own.extend(kept.map(|arg| arg.replace("$(JOB_COMPLETION_INDEX)", &index.to_string())));
        let ran = run(folder.path(), &own.iter().map(String::as_str).collect::<Vec<_>>());
        assert_eq!(ran.code, 0, "{}", ran.stderr);
    }
    let reduce = here(args(&reduce));
    let ran = run(folder.path(), &reduce.iter().map(String::as_str).collect::<Vec<_>>());
    assert_eq!((ran.code, ran.stderr.as_str()), (0, ""));
    assert!(parts.join("grid.parquet").is_file() && parts.join("front.svg").is_file());
}
