"""The least page that answers a choice: what Streamlit itself costs."""

import streamlit as st

st.title("Bare page")
choice = st.segmented_control("Choice", ["one", "two", "three", "four"], default="one", key="choice", required=True)
st.write(choice)
