using System.Reflection;
using System.Reflection.Emit;
using MlOps.Grading.Host.Values;

namespace MlOps.Grading.Host.Serving;

/// <summary>Calls a method or constructor. Reflection cannot pass spans: for these a small method is made that takes arrays.</summary>
internal static class Invocation
{
    private delegate object? Bridge(object? target, object?[] arguments);

    private static readonly Dictionary<MethodBase, Bridge> s_bridges = [];

    /// <summary>Calls with an array in each place where the method wants a span. A returned span comes back as an array.</summary>
    internal static object? Call(MethodBase method, object? target, object?[] arguments)
    {
        if (!NeedsBridge(method))
        {
            return method is ConstructorInfo constructor
                ? constructor.Invoke(BindingFlags.DoNotWrapExceptions, null, arguments, null)
                : method.Invoke(target, BindingFlags.DoNotWrapExceptions, null, arguments, null);
        }

        if (!s_bridges.TryGetValue(method, out Bridge? bridge))
        {
            s_bridges[method] = bridge = Build(method);
        }

        return bridge(target, arguments);
    }

    private static bool NeedsBridge(MethodBase method) =>
        (method is MethodInfo { ReturnType.IsByRefLike: true }) || Array.Exists(method.GetParameters(), parameter => Held(parameter.ParameterType).IsByRefLike);

    private static Type Held(Type type) => type.IsByRef ? type.GetElementType()! : type;

    private static Bridge Build(MethodBase method)
    {
        var made = new DynamicMethod("bridge", typeof(object), [typeof(object), typeof(object[])], typeof(Invocation).Module, skipVisibility: true);
        ILGenerator il = made.GetILGenerator();
        if (method is { IsStatic: false, IsConstructor: false })
        {
            il.Emit(OpCodes.Ldarg_0);
            il.Emit(method.DeclaringType!.IsValueType ? OpCodes.Unbox : OpCodes.Castclass, method.DeclaringType);
        }

        foreach (ParameterInfo parameter in method.GetParameters())
        {
            PushArgument(il, parameter);
        }

        Type result;
        if (method is ConstructorInfo constructor)
        {
            result = constructor.DeclaringType!;
            il.Emit(OpCodes.Newobj, constructor);
        }
        else
        {
            result = ((MethodInfo)method).ReturnType;
            il.Emit(method.IsStatic ? OpCodes.Call : OpCodes.Callvirt, (MethodInfo)method);
        }

        if (result == typeof(void))
        {
            il.Emit(OpCodes.Ldnull);
        }
        else if (SequenceTypes.IsSpan(result))
        {
            LocalBuilder span = il.DeclareLocal(result);
            il.Emit(OpCodes.Stloc, span);
            il.Emit(OpCodes.Ldloca, span);
            il.Emit(OpCodes.Call, result.GetMethod("ToArray")!);
        }
        else
        {
            il.Emit(OpCodes.Box, result);
        }

        il.Emit(OpCodes.Ret);
        return made.CreateDelegate<Bridge>();
    }

    private static void PushArgument(ILGenerator il, ParameterInfo parameter)
    {
        Type type = parameter.ParameterType;
        Type held = Held(type);
        il.Emit(OpCodes.Ldarg_1);
        il.Emit(OpCodes.Ldc_I4, parameter.Position);
        il.Emit(OpCodes.Ldelem_Ref);
        if (SequenceTypes.IsSpan(held))
        {
            Type array = held.GetGenericArguments()[0].MakeArrayType();
            il.Emit(OpCodes.Castclass, array);
            il.Emit(OpCodes.Newobj, held.GetConstructor([array])!);
        }
        else
        {
            il.Emit(OpCodes.Unbox_Any, held);
        }

        if (type.IsByRef)
        {
            LocalBuilder local = il.DeclareLocal(held);
            il.Emit(OpCodes.Stloc, local);
            il.Emit(OpCodes.Ldloca, local);
        }
    }
}
