using System.Diagnostics;
using System.Reflection;
using MlOps.Grading.Host.Values;

namespace MlOps.Grading.Host.Serving;

/// <summary>Tells what student code threw: type, message, and where in their code, as method and offset (the grader has the symbols).</summary>
internal static class ThrownText
{
    private const int LongestMessage = 2000;
    private const int MostCauses = 10;

    /// <summary>Writes <c>["threw", kind, type, base types, message, method token, offset]</c>; token 0 if no frame is theirs.</summary>
    internal static void Write(JsonOutput json, Exception thrown, Assembly assembly)
    {
        (Exception main, StackFrame? frame) = Find(thrown, assembly);
        json.Value("threw");
        json.Value(main is OutOfMemoryException or InsufficientMemoryException ? "OutOfMemory" : "Threw");
        json.Value(CSharpName.Of(main.GetType()));
        json.StartArray();
        for (Type? type = main.GetType(); type is not null && type != typeof(object); type = type.BaseType)
        {
            json.Value(type.FullName ?? type.Name);
        }

        json.EndArray();
        json.Value(Message(main));
        json.Value(frame?.GetMethod()?.MetadataToken ?? 0);
        json.Value(frame?.GetILOffset() ?? 0);
    }

    /// <summary>The exception that matters (tasks and type initialisers wrap it) and its innermost frame in student code.</summary>
    private static (Exception Main, StackFrame? Frame) Find(Exception thrown, Assembly assembly)
    {
        StackFrame? frame = OwnFrame(thrown, assembly);
        for (int i = 0; i < MostCauses && thrown is AggregateException or TypeInitializationException or TargetInvocationException && thrown.InnerException is { } inner; i++)
        {
            thrown = inner;
            frame = OwnFrame(thrown, assembly) ?? frame;
        }

        return (thrown, frame);
    }

    private static StackFrame? OwnFrame(Exception thrown, Assembly assembly)
    {
        foreach (StackFrame frame in new StackTrace(thrown, fNeedFileInfo: false).GetFrames())
        {
            if (frame.GetMethod()?.Module.Assembly == assembly)
            {
                return frame;
            }
        }

        return null;
    }

    private static string Message(Exception thrown)
    {
        try
        {
            string message = thrown.Message ?? "";
            return message.Length > LongestMessage ? message[..LongestMessage] + "…" : message;
        }
        catch (Exception broken) // the message is student code too: anything can happen
        {
            return $"(its Message property throws {broken.GetType().Name})";
        }
    }
}
