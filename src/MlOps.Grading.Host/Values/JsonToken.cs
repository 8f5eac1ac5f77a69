namespace MlOps.Grading.Host.Values;

/// <summary>What a <see cref="JsonInput"/> stands on.</summary>
internal enum JsonToken
{
    /// <summary>Nothing: before the first token, or behind the last.</summary>
    None,

    /// <summary><c>[</c></summary>
    StartArray,

    /// <summary><c>]</c></summary>
    EndArray,

    /// <summary><c>{</c></summary>
    StartObject,

    /// <summary><c>}</c></summary>
    EndObject,

    /// <summary>A name in an object, or a text.</summary>
    String,

    /// <summary>A number.</summary>
    Number,

    /// <summary><c>true</c></summary>
    True,

    /// <summary><c>false</c></summary>
    False,

    /// <summary><c>null</c></summary>
    Null,
}
