package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/nats-io/nats-server/v2/server"
	"github.com/urfave/cli/v3"
)

// The files in deployments are read by programs that are not here. What can be known of them is checked: that they name
// settings and commands that exist, and that NATS and systemd accept theirs.

const deployments = "../../deployments"

func deploymentFiles(t *testing.T) map[string]string {
	t.Helper()
	files := map[string]string{}
	err := filepath.WalkDir(deployments, func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := os.ReadFile(path)
		files[path] = string(data)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

func TestDeploymentsNameSettingsThatExist(t *testing.T) {
	known := map[string]bool{}
	for _, c := range newApp(func(string) string { return "" }, nil, nil).Commands {
		for _, f := range c.Flags {
			name := envName(f.Names()[0])
			known[name], known[name+"_FILE"] = true, true
		}
	}
	for path, text := range deploymentFiles(t) {
		for _, name := range regexp.MustCompile(`WHOIS24_[A-Z_]+`).FindAllString(text, -1) {
			if !known[name] {
				t.Errorf("%s names %s, which is no setting", path, name)
			}
		}
	}
}

func TestDeploymentsStartCommandsThatExist(t *testing.T) {
	commands := map[string]*cli.Command{}
	for _, c := range newApp(func(string) string { return "" }, nil, nil).Commands {
		commands[c.Name] = c
	}
	started := regexp.MustCompile(`(?:ExecStart=\S*whois24 |command: \[)([a-z]+)`)
	found := 0
	for path, text := range deploymentFiles(t) {
		for _, m := range started.FindAllStringSubmatch(text, -1) {
			found++
			if commands[m[1]] == nil {
				t.Errorf("%s starts %q, which is no command", path, m[1])
			}
		}
	}
	if found < 4 { // two units, two services
		t.Errorf("only %d started commands were found", found)
	}
}

func TestNATSAcceptsItsConfiguration(t *testing.T) {
	t.Setenv("BOT_PASSWORD", canary)
	t.Setenv("BIRTHDAY_PASSWORD", canary)
	for _, file := range []string{"nats.conf", "nats-commands.conf"} {
		o, err := server.ProcessConfigFile(filepath.Join(deployments, "compose", file))
		if err != nil {
			t.Fatal(err)
		}
		if !o.JetStream || !o.SyncAlways {
			t.Errorf("%s: events would not survive a power cut: JetStream needs sync_interval: always", file)
		}
	}
}

func TestSystemdAcceptsTheUnits(t *testing.T) {
	analyze, err := exec.LookPath("systemd-analyze")
	if err != nil {
		t.Skip("systemd is not installed")
	}
	dir := t.TempDir()
	for path, text := range deploymentFiles(t) {
		if !strings.HasSuffix(path, ".service") {
			continue
		}
		text = strings.ReplaceAll(text, "/usr/local/bin/whois24", "/bin/true") // the program is not installed here
		unit := filepath.Join(dir, filepath.Base(path))
		if err := os.WriteFile(unit, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		verify := strings.Replace(unit, "@.", "@1.", 1)
		if verify != unit {
			if err := os.Symlink(unit, verify); err != nil {
				t.Fatal(err)
			}
		}
		if out, err := exec.Command(analyze, "verify", "--man=no", verify).CombinedOutput(); err != nil || len(out) > 0 {
			t.Errorf("%s: %v\n%s", path, err, out)
		}
	}
}
