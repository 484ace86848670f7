/* Nothing more: see nanoCLR_Interop.h. */
