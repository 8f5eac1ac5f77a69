namespace MlOps.Charts;

/// <summary>What a series means. The role fixes colour, dash and marker together, so meaning is never by colour alone.</summary>
public enum Role
{
    /// <summary>One of several equals: the next colour, dash and marker of the colour-blind-safe palette.</summary>
    Series,

    /// <summary>What the model was trained on or is compared with: grey, dashed, open markers.</summary>
    Reference,

    /// <summary>What is seen now: blue, solid, round markers.</summary>
    Current,

    /// <summary>What needs attention: vermilion, dash-dotted, diamond markers.</summary>
    Alarm,

    /// <summary>Context without judgement: light grey, dotted.</summary>
    Neutral,
}
