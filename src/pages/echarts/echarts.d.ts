/** The library as the service serves it, in one file; assemble.mjs puts it here. */
export * from 'echarts';
