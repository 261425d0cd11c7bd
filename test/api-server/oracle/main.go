// What the API server makes of NetworkPolicies: reads {"id", "hash", "yaml"} line by line, writes one JSON object of verdicts.
package main

import (
	"bufio"
	"context"
	"encoding/json"
	"log"
	"os"
	"regexp"
	"sort"

	"k8s.io/apimachinery/pkg/api/errors"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/serializer"
	"k8s.io/apiserver/pkg/endpoints/request"
	"k8s.io/apiserver/pkg/registry/rest"
	"k8s.io/kubernetes/pkg/api/legacyscheme"
	"k8s.io/kubernetes/pkg/apis/networking"
	_ "k8s.io/kubernetes/pkg/apis/networking/install"
	"k8s.io/kubernetes/pkg/registry/networking/networkpolicy"
	"sigs.k8s.io/yaml"
)

type question struct{ ID, Hash, YAML string }

type verdict struct {
	Hash     string   `json:"hash"`
	Verdict  string   `json:"verdict"`
	Stage    string   `json:"stage,omitempty"`
	Fields   []string `json:"fields,omitempty"`
	Warnings []string `json:"warnings,omitempty"`
}

var (
	codecs       = serializer.NewCodecFactory(legacyscheme.Scheme, serializer.EnableStrict)
	decoder      = codecs.UniversalDecoder(networking.SchemeGroupVersion)
	unknownField = regexp.MustCompile(`unknown field "([^"]*)"`)
	structField  = regexp.MustCompile(`Go struct field \w+\.(\S+) of`)
)

func main() {
	verdicts := map[string]verdict{}
	lines := bufio.NewScanner(os.Stdin)
	lines.Buffer(nil, 1<<26)
	for lines.Scan() {
		var q question
		if err := json.Unmarshal(lines.Bytes(), &q); err != nil {
			log.Fatal(err)
		}
		v := judge(q.YAML)
		v.Hash = q.Hash
		verdicts[q.ID] = v
	}
	out := json.NewEncoder(os.Stdout)
	out.SetEscapeHTML(false)
	out.SetIndent("", " ")
	if err := out.Encode(verdicts); err != nil {
		log.Fatal(err)
	}
}

func judge(text string) verdict {
	body, err := yaml.YAMLToJSON([]byte(text))
	if err != nil {
		return verdict{Verdict: "refused", Stage: "yaml"}
	}
	object, _, err := decoder.Decode(body, nil, &networking.NetworkPolicy{})
	if err != nil {
		if runtime.IsStrictDecodingError(err) {
			return verdict{Verdict: "refused", Stage: "strict", Fields: found(unknownField, err)}
		}
		return verdict{Verdict: "refused", Stage: "decode", Fields: found(structField, err)}
	}
	policy, ok := object.(*networking.NetworkPolicy)
	if !ok {
		return verdict{Verdict: "refused", Stage: "kind"}
	}
	namespace := policy.Namespace
	if namespace == "" {
		namespace = "default"
	}
	ctx := request.WithNamespace(context.Background(), namespace)
	rest.FillObjectMetaSystemFields(policy)
	if err := rest.BeforeCreate(networkpolicy.Strategy, ctx, policy); err != nil {
		return verdict{Verdict: "refused", Stage: "validate", Fields: causes(err)}
	}
	return verdict{Verdict: "accepted", Warnings: networkpolicy.Strategy.WarningsOnCreate(ctx, policy)}
}

func found(pattern *regexp.Regexp, err error) []string {
	fields := []string{}
	for _, match := range pattern.FindAllStringSubmatch(err.Error(), -1) {
		fields = append(fields, match[1])
	}
	sort.Strings(fields)
	return fields
}

func causes(err error) []string {
	fields := []string{}
	if status, ok := err.(*errors.StatusError); ok && status.ErrStatus.Details != nil {
		for _, cause := range status.ErrStatus.Details.Causes {
			fields = append(fields, cause.Field)
		}
	}
	sort.Strings(fields)
	return fields
}
