using System.Text;

namespace MlOps.Grading.Compiler;

/// <summary>Compiles one file after the other until the grader goes away.</summary>
internal static class Program
{
    private static int Main()
    {
        using var reader = new BinaryReader(Console.OpenStandardInput(), Encoding.UTF8);
        using var writer = new BinaryWriter(new BufferedStream(Console.OpenStandardOutput()), Encoding.UTF8);
        ExerciseCompiler.Warm();
        try
        {
            while (true)
            {
                (string file, string source, IReadOnlyList<string> libraries) = CompilerMessages.ReadQuestion(reader);
                CompilerMessages.WriteAnswer(writer, ExerciseCompiler.Compile(file, source, libraries));
            }
        }
        catch (IOException)
        {
            return 0; // the end of the input, or nobody left to read the output
        }
    }
}
