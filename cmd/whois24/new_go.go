package main

import (
	"bytes"
	"fmt"
	"go/ast"
	"go/format"
	"go/parser"
	"go/token"
)

// identifiers are what the packages in a directory declare, by the packages' names: commands and commands_test.
func (s clone) identifiers(dir string) (map[string]map[string]bool, error) {
	paths, err := s.glob(dir + "/*.go")
	if err != nil {
		return nil, err
	}
	all := map[string]map[string]bool{}
	for _, path := range paths {
		file, err := parser.ParseFile(token.NewFileSet(), s.file(path), nil, parser.SkipObjectResolution)
		if err != nil {
			return nil, fmt.Errorf("the sources cannot be read: %w", err)
		}
		if all[file.Name.Name] == nil {
			all[file.Name.Name] = map[string]bool{}
		}
		for _, name := range declared(file) {
			all[file.Name.Name][name] = true
		}
	}
	return all, nil
}

// declared are the names at the top level of a file.
func declared(file *ast.File) (names []string) {
	for _, decl := range file.Decls {
		switch d := decl.(type) {
		case *ast.FuncDecl:
			if d.Recv == nil {
				names = append(names, d.Name.Name)
			}
		case *ast.GenDecl:
			for _, spec := range d.Specs {
				names = append(names, specified(spec)...)
			}
		}
	}
	return names
}

func specified(spec ast.Spec) (names []string) {
	switch s := spec.(type) {
	case *ast.TypeSpec:
		return []string{s.Name.Name}
	case *ast.ValueSpec:
		for _, name := range s.Names {
			names = append(names, name.Name)
		}
	}
	return names
}

// enlist puts a command into Default, before Help().
func enlist(code []byte, function string) ([]byte, error) {
	files := token.NewFileSet()
	file, err := parser.ParseFile(files, "set.go", code, parser.SkipObjectResolution|parser.ParseComments)
	if err != nil {
		return nil, err
	}
	help := helpInDefault(file)
	if help == nil {
		return nil, fmt.Errorf("func Default has no list that ends with Help(); put %s() where it belongs by hand", function)
	}
	at := files.Position(help.Pos()).Offset
	return format.Source(bytes.Join([][]byte{code[:at], []byte(function + "(),\n"), code[at:]}, nil))
}

// helpInDefault is the call of Help among the arguments of NewSet in Default; nil: it is not there.
func helpInDefault(file *ast.File) (help ast.Node) {
	for _, decl := range file.Decls {
		f, ok := decl.(*ast.FuncDecl)
		if !ok || f.Recv != nil || f.Name.Name != "Default" {
			continue
		}
		ast.Inspect(f, func(n ast.Node) bool {
			if list, ok := n.(*ast.CallExpr); ok && calls(list, "NewSet") {
				for _, argument := range list.Args {
					if call, ok := argument.(*ast.CallExpr); ok && calls(call, "Help") {
						help = call
					}
				}
			}
			return true
		})
	}
	return help
}

func calls(c *ast.CallExpr, function string) bool {
	name, ok := c.Fun.(*ast.Ident)
	return ok && name.Name == function
}
