//! A playbook for Ansible with the module `uri`.

use super::{Target, quote};

pub(super) const TARGET: Target = Target {
    id: "ansible",
    label: "Ansible (uri)",
    language: "yaml",
    file_name: "apply-oim.yml",
    retrieves: false,
    template: TEMPLATE,
    quote: quote::yaml,
};

// `!unsafe` keeps Ansible from reading `{{` in the body as a template, and a text stays as it is with `json`.
const TEMPLATE: &str = r#"---
§## §# Ansible ends with 2 on any failure.
- name: Apply the configuration of BigPanda OIM
  hosts: localhost
  connection: local
  gather_facts: false
  vars:
    token: "{{ lookup('ansible.builtin.env', 'BIGPANDA_ORG_TOKEN') }}"
§e    # §    base: "{{ lookup('ansible.builtin.env', 'BIGPANDA_API_URL') or '§u§' }}"
    hints:
§h      ^: "~"
§  tasks:
    - name: See that there is a token
      ansible.builtin.assert:
        that: token | length > 0 and token is not search('[^!-~]')
        fail_msg: Set BIGPANDA_ORG_TOKEN to an Org Token of BigPanda, without spaces or line ends.
        quiet: true

    - name: Post the configuration
      ansible.builtin.uri:
        url: "{{ base }}/configurations/alerts/oim/§k§"
        method: POST
        headers:
          Authorization: "Bearer {{ token }}"
          Content-Type: application/json
        # Sent as it stands: unsafe keeps braces in it from being read as a template.
        body: !unsafe §j§        body_format: json
        follow_redirects: none
        timeout: 60
        return_content: true
      register: answer
      # 429 means more than 5 requests a second; nothing else is worth another try.
      until: answer.status != 429
      retries: 4
      delay: 4
      failed_when: false
      no_log: true

    - name: See what BigPanda answered
      ansible.builtin.assert:
        that: answer.status >= 200 and answer.status < 300
        success_msg: "BigPanda accepted the configuration ({{ answer.status }})."
        fail_msg: >-
          BigPanda answered {{ answer.status }}:
          {{ answer.content | default(answer.msg, true) }}
          {{ hints[answer.status] | default('') }}
"#;
