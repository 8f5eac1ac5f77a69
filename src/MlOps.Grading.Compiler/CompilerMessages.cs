namespace MlOps.Grading.Compiler;

/// <summary>What the grader and the compiling process say to each other: a file to compile, and what became of it.</summary>
internal static class CompilerMessages
{
    internal static void WriteQuestion(BinaryWriter writer, string file, string source, IReadOnlyList<string> libraries)
    {
        writer.Write(file);
        writer.Write(source);
        WriteTexts(writer, libraries);
        writer.Flush();
    }

    /// <exception cref="EndOfStreamException">The grader is gone.</exception>
    internal static (string File, string Source, IReadOnlyList<string> Libraries) ReadQuestion(BinaryReader reader) =>
        (reader.ReadString(), reader.ReadString(), ReadTexts(reader));

    internal static void WriteAnswer(BinaryWriter writer, CompiledExercise compiled)
    {
        writer.Write(compiled.Image?.Length ?? -1);
        writer.Write(compiled.Image ?? []);
        WriteTexts(writer, compiled.Problems);
        WriteTexts(writer, [.. compiled.TypeOfMember.SelectMany(pair => new[] { pair.Key, pair.Value })]);
        writer.Flush();
    }

    /// <exception cref="EndOfStreamException">The compiling process is gone.</exception>
    internal static CompiledExercise ReadAnswer(BinaryReader reader)
    {
        int length = reader.ReadInt32();
        byte[]? image = length < 0 ? null : reader.ReadBytes(length);
        IReadOnlyList<string> problems = ReadTexts(reader);
        IReadOnlyList<string> members = ReadTexts(reader);
        return new CompiledExercise(image, problems, members.Chunk(2).ToDictionary(pair => pair[0], pair => pair[1], StringComparer.Ordinal));
    }

    private static void WriteTexts(BinaryWriter writer, IReadOnlyList<string> texts)
    {
        writer.Write(texts.Count);
        foreach (string text in texts)
        {
            writer.Write(text);
        }
    }

    private static string[] ReadTexts(BinaryReader reader)
    {
        string[] texts = new string[reader.ReadInt32()];
        for (int i = 0; i < texts.Length; i++)
        {
            texts[i] = reader.ReadString();
        }

        return texts;
    }
}
