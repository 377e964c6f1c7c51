import type { LabelVariable } from "../build/spec.ts";

/** The Compose project: several may run on one engine, and cAdvisor sees them all. */
export const PROJECT: LabelVariable = {
  name: "project",
  label: "Project",
  query:
    'label_values(container_start_time_seconds{job="cadvisor",container_label_com_docker_compose_project!=""}, container_label_com_docker_compose_project)',
  choice: { kind: "one", first: "proving-ground" },
};

export const SERVICE = "container_label_com_docker_compose_service";

/** Containers of the chosen project. */
export const IN_PROJECT = 'job="cadvisor",container_label_com_docker_compose_project="$project"';
