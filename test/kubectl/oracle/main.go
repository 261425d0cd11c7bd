// What kubectl takes from the text of a file: reads {"id", "text"} line by line, writes one JSON object of verdicts.
package main

import (
	"bufio"
	"encoding/json"
	"log"
	"os"
	"path/filepath"

	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/cli-runtime/pkg/resource"
)

type question struct {
	ID   string
	Text []byte
}

// The objects in the order that kubectl takes them in; null with an error.
type verdict struct {
	Objects []any  `json:"objects"`
	Error   string `json:"error,omitempty"`
}

func main() {
	folder, err := os.MkdirTemp("", "reader")
	if err != nil {
		log.Fatal(err)
	}
	defer os.RemoveAll(folder)
	file := filepath.Join(folder, "x.yaml")
	verdicts := map[string]verdict{}
	lines := bufio.NewScanner(os.Stdin)
	lines.Buffer(nil, 1<<26)
	for lines.Scan() {
		var q question
		if err := json.Unmarshal(lines.Bytes(), &q); err != nil {
			log.Fatal(err)
		}
		if err := os.WriteFile(file, q.Text, 0o600); err != nil {
			log.Fatal(err)
		}
		verdicts[q.ID] = read(file)
	}
	out := json.NewEncoder(os.Stdout)
	out.SetEscapeHTML(false)
	out.SetIndent("", " ")
	if err := out.Encode(verdicts); err != nil {
		log.Fatal(err)
	}
}

func read(file string) verdict {
	infos, err := resource.NewLocalBuilder().
		Unstructured().
		ContinueOnError().
		FilenameParam(false, &resource.FilenameOptions{Filenames: []string{file}}).
		Flatten().
		Do().
		Infos()
	v := verdict{Objects: []any{}}
	for _, info := range infos {
		v.Objects = append(v.Objects, info.Object.(*unstructured.Unstructured).Object)
	}
	if err != nil {
		v.Error = err.Error()
	}
	return v
}
