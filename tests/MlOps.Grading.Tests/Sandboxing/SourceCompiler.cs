using System.Collections.Concurrent;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Emit;
using MlOps.Grading.Calling;

namespace MlOps.Grading.Tests.Sandboxing;

/// <summary>Compiles what a student might have written. Line 1 of the source is line 1 of the file.</summary>
internal static class SourceCompiler
{
    private const string Usings = """
        global using System;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        global using System.Runtime.InteropServices;
        global using System.Threading;
        global using System.Threading.Tasks;
        """;

    private static readonly MetadataReference[] s_framework =
    [
        .. Directory.EnumerateFiles(Path.GetDirectoryName(typeof(object).Assembly.Location)!, "*.dll")
            .Where(file => Path.GetFileName(file) is "mscorlib.dll" or "netstandard.dll" || Path.GetFileName(file).StartsWith("System", StringComparison.Ordinal))
            .Where(file => !file.Contains("Native", StringComparison.Ordinal))
            .Select(file => MetadataReference.CreateFromFile(file)),
    ];

    private static readonly ConcurrentDictionary<string, byte[]> s_images = new();

    internal static StudentAssembly Compile(string source, params string[] libraries) =>
        new("1.1-test", s_images.GetOrAdd(source, _ => Image("student", source, libraries)), libraries);

    internal static byte[] Image(string name, string source, params string[] libraries)
    {
        var parsing = new CSharpParseOptions(LanguageVersion.Preview);
        CSharpCompilation compilation = CSharpCompilation.Create(
            name,
            [CSharpSyntaxTree.ParseText(Usings, parsing, "usings.cs", System.Text.Encoding.UTF8), CSharpSyntaxTree.ParseText(source, parsing, "student.cs", System.Text.Encoding.UTF8)],
            [.. s_framework, .. libraries.Select(library => MetadataReference.CreateFromFile(library))],
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true));
        using var image = new MemoryStream();
        EmitResult result = compilation.Emit(image, options: new EmitOptions(debugInformationFormat: DebugInformationFormat.Embedded));
        return result.Success
            ? image.ToArray()
            : throw new InvalidOperationException("The test's source does not compile: " + string.Join('\n', result.Diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)));
    }
}
