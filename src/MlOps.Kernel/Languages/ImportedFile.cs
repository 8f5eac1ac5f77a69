using MlOps.Kernel.Engine;
using MlOps.Kernel.Notebooks;

namespace MlOps.Kernel.Languages;

/// <summary><c>#!import</c>: the parts of a file, in place of the line that names it.</summary>
internal static class ImportedFile
{
    internal const string Usage = "#!import path/to/file.cs";

    private const long LargestFile = 16L * 1024 * 1024;

    private static readonly Dictionary<string, string> Languages = new(StringComparer.OrdinalIgnoreCase)
    {
        [".cs"] = CellOptions.CSharp,
        [".csx"] = CellOptions.CSharp,
        [".dib"] = CellOptions.CSharp,
        [".html"] = "html",
        [".js"] = "javascript",
    };

    /// <exception cref="DirectiveException">The file is missing, of a kind that is not known, not readable, or imports itself.</exception>
    internal static IReadOnlyList<CellPart> Parts(CellPart import, NotebookEngine engine)
    {
        DirectiveArguments arguments = DirectiveArguments.Parse(import.Arguments, Usage, []);
        string path = FullPath(arguments.OnlyWord("path"), import.Cell, engine.Folder);
        string extension = Path.GetExtension(path);
        bool isNotebook = extension.Equals(".ipynb", StringComparison.OrdinalIgnoreCase);
        if (!isNotebook && !Languages.ContainsKey(extension))
        {
            throw new DirectiveException($"'{path}' is of a kind that cannot be imported. These can: {string.Join(", ", Languages.Keys)}, .ipynb.");
        }

        RefuseCycle(path, import.Cell, engine.Folder);
        string name = Name(path, engine.Folder);
        return isNotebook
            ? [.. Cells(path, name, import.Cell).SelectMany(cell => CellParts.Split(cell, engine.Table))]
            : [.. CellParts.Split(new CellText(name, Code(path, extension), Languages[extension], path, import.Cell), engine.Table).Where(part => !IsProse(part))];
    }

    private static string FullPath(string path, CellText from, string folder)
    {
        string[] places = [.. new[] { from.Path is null ? folder : Path.GetDirectoryName(from.Path)!, folder }.Distinct().Select(start => Path.GetFullPath(path, start))];
        return places.FirstOrDefault(File.Exists) ?? throw new DirectiveException(
            Directory.Exists(places[0]) ? $"'{places[0]}' is a folder; name a file." : $"There is no file '{places[0]}'. A relative path starts at the folder of the notebook or file that imports.");
    }

    private static void RefuseCycle(string path, CellText from, string folder)
    {
        List<string> chain = [path];
        for (CellText? text = from; text?.Path is not null; text = text.ImportedBy)
        {
            chain.Insert(0, text.Path);
            if (text.Path == path)
            {
                throw new DirectiveException($"The files import each other in a circle: {string.Join(" → ", chain.Select(file => Name(file, folder)))}.");
            }
        }
    }

    /// <summary>How errors call a file: from the notebook's folder if it lies there.</summary>
    private static string Name(string path, string folder)
    {
        string relative = Path.GetRelativePath(folder, path);
        return relative.StartsWith("..", StringComparison.Ordinal) ? path : relative;
    }

    private static string Code(string path, string extension) =>
        extension.Equals(".cs", StringComparison.OrdinalIgnoreCase) ? Namespaces.Blank(Read(path)) : Read(path);

    private static string Read(string path)
    {
        try
        {
            long length = new FileInfo(path).Length;
            return length <= LargestFile
                ? File.ReadAllText(path)
                : throw new DirectiveException(FormattableString.Invariant($"'{path}' has {length >> 20} MB; code to import may have {LargestFile >> 20} MB."));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new DirectiveException($"'{path}' cannot be read: {exception.Message}", exception);
        }
    }

    private static IEnumerable<CellText> Cells(string path, string name, CellText importedBy)
    {
        NotebookFile notebook;
        try
        {
            notebook = NotebookFile.Load(path);
        }
        catch (Exception exception) when (exception is NotebookFormatException or IOException or UnauthorizedAccessException)
        {
            throw new DirectiveException(exception.Message, exception);
        }

        string language = notebook.Language ?? CellOptions.CSharp;
        if (!language.Equals(CellOptions.CSharp, StringComparison.OrdinalIgnoreCase) && !language.Equals("C#", StringComparison.OrdinalIgnoreCase) && !language.StartsWith("polyglot", StringComparison.OrdinalIgnoreCase))
        {
            throw new DirectiveException($"{name} is a notebook for {language}; only notebooks for C# can be imported.");
        }

        return notebook.Cells.Where(cell => cell.Kind == CellKind.Code)
            .Select((cell, i) => new CellText(FormattableString.Invariant($"{name}, cell {i + 1}"), cell.Source, cell.Language ?? CellOptions.CSharp, path, importedBy));
    }

    /// <summary>The prose of a .dib file: of a notebook, too, only the code is imported.</summary>
    private static bool IsProse(CellPart part) => part.Directive.Description.Name == "markdown";
}
