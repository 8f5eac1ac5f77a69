using System.Collections;
using MlOps.Grading.Host.Values;

namespace MlOps.Grading.Calling;

/// <summary>A host's answer to a call: the value, and the arguments that came back.</summary>
internal sealed class Answer(byte[] content)
{
    /// <exception cref="NotDataException">The value does not fit the contract's type.</exception>
    /// <exception cref="FormatException">This is no answer; the same holds for <see cref="OverflowException"/>.</exception>
    internal object? Read(ContractMember wanted, object?[] arguments, Func<int, object> toProxy)
    {
        var json = new JsonInput(content);
        json.Read();
        json.Read();
        string kind = json.GetString();
        object? result = null;
        if (kind != "nothing")
        {
            json.Read();
            bool isNull = kind == "value" && json.Token == JsonToken.Null;
            result = kind == "kept" ? toProxy(json.GetInt32())
                : wanted.Returns == typeof(void) ? Skipped(json)
                : TypeFit.IsObject(wanted.Returns) ? isNull ? null : throw new FormatException()
                : ValueReader.Read(json, wanted.Returns);
        }
        else if (wanted.Returns != typeof(void))
        {
            throw new FormatException();
        }

        json.Read();
        while (json.Read() && json.Token == JsonToken.StartArray)
        {
            json.Read();
            int place = json.GetInt32();
            json.Read();
            CopyBack(json, place < arguments.Length ? arguments[place] : throw new FormatException());
            json.Read();
        }

        return result;
    }

    private static object? Skipped(JsonInput json)
    {
        json.Skip(); // the contract does not ask for what this method returns
        return null;
    }

    /// <summary>Copies into the caller's own array or list. Sizes that differ mean that the host was tampered with.</summary>
    private static void CopyBack(JsonInput json, object? argument)
    {
        Type? type = argument?.GetType();
        if (type is null || argument is not IList target)
        {
            json.Skip();
            return;
        }

        if (argument is Array { Rank: > 1 } grid)
        {
            var changed = (Array)ValueReader.Read(json, type)!;
            Array.Copy(changed, grid, changed.Length == grid.Length ? grid.Length : throw new FormatException());
            return;
        }

        var row = (IList)ValueReader.Read(json, (SequenceTypes.ElementOf(type) ?? throw new FormatException()).MakeArrayType())!;
        if (row.Count != target.Count)
        {
            throw new FormatException();
        }

        for (int i = 0; i < row.Count; i++)
        {
            target[i] = row[i];
        }
    }
}
