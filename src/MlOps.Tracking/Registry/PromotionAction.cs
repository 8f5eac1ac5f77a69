namespace MlOps.Tracking.Registry;

/// <summary>What an entry of the promotion log tells. The names are part of what is hashed.</summary>
public enum PromotionAction
{
    /// <summary>An alias was set on a version.</summary>
    AliasSet,

    /// <summary>An alias was taken away.</summary>
    AliasRemoved,

    /// <summary>A version changed its stage.</summary>
    StageSet,

    /// <summary>An alias was set back on the version that had it before.</summary>
    RolledBack,

    /// <summary>Somebody approved of a version; nothing moved.</summary>
    Approved,

    /// <summary>A gate refused a version; nothing moved.</summary>
    Refused,

    /// <summary>A version was deleted, and with it the aliases that pointed at it.</summary>
    VersionDeleted,

    /// <summary>The model was deleted.</summary>
    ModelDeleted,

    /// <summary>The model was renamed; <see cref="PromotionEntry.Target"/> is the new name.</summary>
    ModelRenamed,
}
