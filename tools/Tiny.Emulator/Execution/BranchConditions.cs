namespace Tiny.Emulator.Execution;

/// <summary>The conditions of branches on two values.</summary>
internal static class BranchConditions
{
    /// <summary>Whether a branch is taken; null if the operation is no branch on two values.</summary>
    internal static bool? IsTaken(Operation operation, in Slot left, in Slot right) => operation switch
    {
        Operation.BranchEqI4 => left.I4 == right.I4,
        Operation.BranchEqI8 => left.I8 == right.I8,
        Operation.BranchEqR4 => FloatOrder.Equal(left.R4, right.R4),
        Operation.BranchEqR8 => FloatOrder.Equal(left.R8, right.R8),
        Operation.BranchNeI4 => left.I4 != right.I4,
        Operation.BranchNeI8 => left.I8 != right.I8,
        Operation.BranchNeR4 => !FloatOrder.Equal(left.R4, right.R4),
        Operation.BranchNeR8 => !FloatOrder.Equal(left.R8, right.R8),
        Operation.BranchLtI4 => left.I4 < right.I4,
        Operation.BranchLtU4 => (uint)left.I4 < (uint)right.I4,
        Operation.BranchLtI8 => left.I8 < right.I8,
        Operation.BranchLtU8 => (ulong)left.I8 < (ulong)right.I8,
        Operation.BranchLtR4 => FloatOrder.Less(left.R4, right.R4),
        Operation.BranchLtR8 => FloatOrder.Less(left.R8, right.R8),
        Operation.BranchLeI4 => left.I4 <= right.I4,
        Operation.BranchLeU4 => (uint)left.I4 <= (uint)right.I4,
        Operation.BranchLeI8 => left.I8 <= right.I8,
        Operation.BranchLeU8 => (ulong)left.I8 <= (ulong)right.I8,
        Operation.BranchLeR4 => !FloatOrder.Greater(left.R4, right.R4),
        Operation.BranchLeR8 => !FloatOrder.Greater(left.R8, right.R8),
        Operation.BranchGtI4 => left.I4 > right.I4,
        Operation.BranchGtU4 => (uint)left.I4 > (uint)right.I4,
        Operation.BranchGtI8 => left.I8 > right.I8,
        Operation.BranchGtU8 => (ulong)left.I8 > (ulong)right.I8,
        Operation.BranchGtR4 => FloatOrder.Greater(left.R4, right.R4),
        Operation.BranchGtR8 => FloatOrder.Greater(left.R8, right.R8),
        Operation.BranchGeI4 => left.I4 >= right.I4,
        Operation.BranchGeU4 => (uint)left.I4 >= (uint)right.I4,
        Operation.BranchGeI8 => left.I8 >= right.I8,
        Operation.BranchGeU8 => (ulong)left.I8 >= (ulong)right.I8,
        Operation.BranchGeR4 => !FloatOrder.Less(left.R4, right.R4),
        Operation.BranchGeR8 => !FloatOrder.Less(left.R8, right.R8),
        Operation.BranchEqRef => ReferenceEquals(left.Ref, right.Ref),
        Operation.BranchNeRef => !ReferenceEquals(left.Ref, right.Ref),
        _ => null,
    };
}
